package io.centurions.backoffice;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.platform.testkit.Operators;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class OperationsIT {

    @Test
    void the_service_is_ready_when_every_slice_it_needs_is_there() {
        Operators.readiness().then().statusCode(200).body("status", equalTo("UP"));
        Operators.liveness().then().statusCode(200);
    }

    @Test
    void the_api_describes_itself_and_counts() {
        given().get("/q/openapi").then().statusCode(200).body(containsString("/v1/companies/{companyId}/channels"));
        assertThat(Operators.metrics()).contains("jvm_");
    }

    @Test
    void what_operators_see_is_not_told_where_everybody_knocks() {
        for (String path : List.of("/q/health", "/q/health/ready", "/q/health/live", "/q/metrics")) {
            given().get(path).then().statusCode(404);
        }
    }
}
