package io.centurions.backoffice;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class OperationsIT {

    @Test
    void the_service_is_ready_when_every_slice_it_needs_is_there() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void the_api_describes_itself_and_counts() {
        given().get("/q/openapi").then().statusCode(200).body(containsString("/v1/companies/{companyId}/channels"));
        given().get("/q/metrics").then().statusCode(200).body(containsString("jvm_"));
    }
}
