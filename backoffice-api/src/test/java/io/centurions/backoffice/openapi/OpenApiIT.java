package io.centurions.backoffice.openapi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * The document that is committed is the one that the service serves: a client generated from it fits. To write it
 * anew after a change of an endpoint, a record or one of the tables: {@code mvn -pl backoffice-api test
 * -Dtest=OpenApiIT -Dopenapi=write}, then {@code npm run generate} in {@code backoffice-web/api}.
 */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class OpenApiIT {

    @Test
    void the_document_that_is_served_is_the_one_that_is_committed() throws IOException {
        JsonNode served = ApiDocument.JSON.readTree(given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString());
        if ("write".equals(System.getProperty("openapi"))) {
            Files.writeString(
                    ApiDocument.FILE,
                    ApiDocument.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(served) + "\n");
        }

        assertThat(ApiDocument.committed().differences(served))
                .as("the API has drifted from %s; the class comment says how to write it anew", ApiDocument.FILE)
                .isEmpty();
    }
}
