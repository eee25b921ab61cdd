package io.centurions.backoffice.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.security.RoleMatrix.Line;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/**
 * Every endpoint of a company, called for an archived one: only what is written to end something is not refused.
 * And what comes to a company by another way than its door.
 */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ArchivedCompanyIT {

    private static final String COMPANY = "/v1/companies/{companyId}";
    private static final JsonObject BODIES = RoleMatrix.bodies();

    @Test
    void only_what_ends_something_is_not_refused_for_an_archived_company() {
        var company = Api.aCompany("museu");
        archive(company);
        Set<String> ending = RoleMatrix.ending();

        List<String> wrong = new ArrayList<>();
        for (Line line : RoleMatrix.lines()) {
            if (line.ofCompany() && !Set.of("GET", "OPTIONS").contains(line.method())) {
                Response answer = call(line, company);
                if (isRefused(answer) == ending.contains(line.endpoint())) {
                    wrong.add(line.endpoint() + " answered " + answer.statusCode() + " " + answer.asString());
                }
            }
        }

        assertThat(ending).isNotEmpty();
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_change_that_was_let_in_while_it_was_being_archived_is_refused() throws Exception {
        var company = Api.aCompany("corrida");
        try (Connection other = Admin.get().connectAs("backoffice_app");
                Statement statement = other.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            statement.execute("SELECT set_config('request.jwt.claims', '{\"company_id\": \"%s\"}', true)"
                    .formatted(company.id()));
            statement.execute("UPDATE core.companies SET status = 'archived' WHERE id = '" + company.id() + "'");
            int archiving = other.unwrap(PGConnection.class).getBackendPID();

            var change = threads.submit(() -> Api.owner()
                    .header("If-Match", "*")
                    .body(BODIES.getJsonObject("PUT " + COMPANY).encode())
                    .put(company.path()));
            await().until(() -> Admin.get()
                            .count(
                                    "SELECT count(*) FROM pg_stat_activity WHERE ? = ANY (pg_blocking_pids(pid))",
                                    archiving)
                    == 1);
            other.commit();

            assertThat(isRefused(change.get())).isTrue();
        }
    }

    @Test
    void the_request_that_made_it_is_refused_when_it_is_repeated() {
        var request = Api.owner()
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body(Map.of("name", "Vendida", "slug", Api.unique("vendida")));
        var made = new Api.Made(
                UUID.fromString(request.post("/v1/companies")
                        .then()
                        .statusCode(201)
                        .extract()
                        .path("id")),
                null);
        archive(made);

        assertThat(isRefused(request.post("/v1/companies"))).isTrue();
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
