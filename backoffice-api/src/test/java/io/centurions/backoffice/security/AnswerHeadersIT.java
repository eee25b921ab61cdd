package io.centurions.backoffice.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class AnswerHeadersIT {

    @TestHTTPResource
    URI self;

    @Test
    void who_asks_for_http_2_is_answered_over_http_1() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpRequest asking = HttpRequest.newBuilder(self.resolve("/v1/companies"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{}"))
                    .build();

            HttpResponse<Void> answer = client.send(asking, BodyHandlers.discarding());

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }

    @Test
    void every_answer_tells_browsers_to_be_careful() {
        Map<Integer, Response> answers = new LinkedHashMap<>();
        answers.put(200, Api.owner().get("/v1/companies"));
        answers.put(204, given().header("Origin", "https://a.example").options("/public/leads/x"));
        answers.put(400, Api.owner().body("{").post("/v1/companies"));
        answers.put(401, given().get("/v1/companies"));
        answers.put(403, Api.as("crm_user", null).get("/v1/key-ring"));
        answers.put(404, given().get("/nowhere"));
        answers.put(405, Api.owner().delete("/v1/companies"));
        answers.put(
                413,
                given().contentType(ContentType.JSON).body("x".repeat(70_000)).post("/public/leads/x"));
        answers.put(415, Api.owner().contentType(ContentType.TEXT).body("x").post("/v1/companies"));

        answers.forEach((status, answer) -> {
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.header("X-Content-Type-Options")).as("%d", status).isEqualTo("nosniff");
            assertThat(answer.header("X-Frame-Options")).as("%d", status).isEqualTo("DENY");
            assertThat(answer.header("Referrer-Policy")).as("%d", status).isEqualTo("no-referrer");
            assertThat(answer.header("Strict-Transport-Security"))
                    .as("%d", status)
                    .startsWith("max-age=");
            assertThat(answer.header("Content-Security-Policy"))
                    .as("%d", status)
                    .contains("default-src 'none'");
            assertThat(answer.header("Cache-Control")).as("%d", status).contains("no-store");
        });
    }

    @Test
    void our_own_pages_may_load_what_they_need() {
        Response page = given().get("/q/swagger-ui/");

        assertThat(page.header("Content-Security-Policy")).isNull();
        assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
    }
}
