package io.centurions.backoffice.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.security.RoleMatrix.Line;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every endpoint of a company, called for an archived one: only what ends something is not refused. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ArchivedCompanyIT {

    private static final String COMPANY = "/v1/companies/{companyId}";
    private static final JsonObject BODIES = RoleMatrix.bodies();

    private static final Set<String> ENDING = Set.of(
            "POST " + COMPANY + "/suspend",
            "POST " + COMPANY + "/resume",
            "POST " + COMPANY + "/archive",
            "DELETE " + COMPANY + "/provisioning",
            "POST " + COMPANY + "/people/{id}/deactivate",
            "POST " + COMPANY + "/channels/{id}/disconnect",
            "DELETE " + COMPANY + "/channels/{id}",
            "POST " + COMPANY + "/contracts/{id}/cancel",
            "DELETE " + COMPANY + "/pixels/{id}",
            "DELETE " + COMPANY + "/secrets/{name}",
            "DELETE " + COMPANY + "/api-keys/{id}");

    @Test
    void only_what_ends_something_is_not_refused_for_an_archived_company() {
        var company = Api.aCompany("museu");
        archive(company);

        List<String> wrong = new ArrayList<>();
        for (Line line : RoleMatrix.lines()) {
            if (line.ofCompany() && !Set.of("GET", "OPTIONS").contains(line.method())) {
                Response answer = call(line, company);
                if (isRefused(answer) == ENDING.contains(line.endpoint())) {
                    wrong.add(line.endpoint() + " answered " + answer.statusCode() + " " + answer.asString());
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    /** Even a secret that a tool names, which stays as it was and would never let go of it. */
    @Test
    void secrets_and_tokens_that_we_keep_of_an_archived_company_are_deleted() {
        var company = Api.aCompany("cofre");
        Api.owner()
                .body(Map.of("value", "planted"))
                .put(company.path() + "/secrets/crm")
                .then()
                .statusCode(201);
        made(company, "/tools", withSecret(BODIES.getJsonObject("POST " + COMPANY + "/tools")));
        String pixel = made(
                company,
                "/pixels",
                new JsonObject().put("datasetId", "1234567890").put("accessToken", "t"));
        String secret = company.path() + "/secrets/crm";
        Api.owner().header("If-Match", "*").delete(secret).then().statusCode(409);
        archive(company);

        Api.as("company_admin", company.id())
                .header("If-Match", "*")
                .delete(secret)
                .then()
                .statusCode(204);
        Api.owner().header("If-Match", "*").delete(pixel).then().statusCode(204);

        Api.owner().get(secret).then().statusCode(404);
        Api.owner().get(pixel).then().statusCode(404);
    }

    private static JsonObject withSecret(JsonObject tool) {
        JsonObject copy = tool.copy();
        copy.getJsonObject("config")
                .put("auth", new JsonObject().put("kind", "bearer").put("secretName", "crm"));
        return copy;
    }

    private static String made(Api.Made company, String list, JsonObject body) {
        String id = Api.owner()
                .body(body.encode())
                .post(company.path() + list)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return company.path() + list + "/" + id;
    }

    private static void archive(Api.Made company) {
        Api.owner()
                .body(Map.of("reason", "vendida"))
                .post(company.path() + "/archive")
                .then()
                .statusCode(200);
    }

    private static Response call(Line line, Api.Made company) {
        var request = Api.owner().header("If-Match", "*");
        if (BODIES.containsKey(line.endpoint())) {
            request.body(BODIES.getJsonObject(line.endpoint()).encode());
        }
        String path = line.path()
                .replace("{companyId}", company.id().toString())
                .replace("{number}", "1")
                .replace("{name}", "chave")
                .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
        return request.request(line.method(), path);
    }

    private static boolean isRefused(Response answer) {
        return answer.statusCode() == 409 && answer.asString().contains("urn:centurions:problem:company-archived");
    }
}
