package io.centurions.backoffice.secret;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.planted.PlantedSecret;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Plants a secret at every door that takes one, and looks for it wherever it must not be. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class PlantedSecretIT {

    private static final Logger LOG = Logger.getLogger(PlantedSecretIT.class);

    @Inject
    RedisDataSource redis;

    @Test
    void a_planted_secret_is_in_no_table_no_stream_no_answer_and_no_log() {
        var company = Api.aCompany("plantada");
        var centurion = Api.aCenturion(company);
        try (var planted = PlantedSecret.fresh()) {
            String secret = planted.text();
            tell(planted, body(Map.of("value", secret)), ask -> ask.put(company.path() + "/secrets/crm_token"));
            tell(planted, body(pixel("1234567890", secret)), ask -> ask.post(company.path() + "/pixels"));
            tell(planted, body(telegram(centurion, secret)), ask -> ask.post(company.path() + "/channels"));
            tell(planted, body(instagram(centurion, secret)), ask -> ask.post(company.path() + "/channels"));
            for (String list : List.of("secrets", "pixels", "channels", "centurions", "audit")) {
                tell(planted, Api.owner(), ask -> ask.get(company.path() + "/" + list));
            }
            await().until(() -> published(company));

            assertThat(planted.places()).isEmpty();
        }
    }

    @Test
    void a_secret_in_a_request_that_is_refused_is_not_quoted_back() {
        var company = Api.aCompany("recusada");
        var centurion = Api.aCenturion(company);
        String secrets = company.path() + "/secrets/crm_token";
        try (var planted = PlantedSecret.fresh()) {
            String secret = planted.text();
            tell(planted, body(Map.of("value", secret, "reference", secret)), ask -> ask.put(secrets));
            tell(planted, body(Map.of("reference", secret)), ask -> ask.put(secrets));
            tell(planted, body(Map.of("value", secret + "x".repeat(8_200))), ask -> ask.put(secrets));
            tell(planted, body(Map.of("value", List.of(secret))), ask -> ask.put(secrets));
            tell(planted, body(Map.of("reference", "vault:" + secret + "#x")), ask -> ask.put(secrets));
            tell(planted, Api.owner().body("{\"value\": \"" + secret), ask -> ask.put(secrets));
            tell(planted, body(pixel("nenhum", secret)), ask -> ask.post(company.path() + "/pixels"));
            tell(planted, given().header("X-Api-Key", secret), ask -> ask.get(company.path() + "/leads"));
            tell(planted, Api.with(secret), ask -> ask.get("/v1/companies"));
            tell(
                    planted,
                    body(Map.of("config", Map.of("prompt", "Bia", "model", Map.of("apiKey", secret)))),
                    ask -> ask.put(company.path() + "/centurions/" + centurion));
            Api.failNextNeighbourCall(500);
            tell(planted, body(telegram(centurion, secret)), ask -> ask.post(company.path() + "/channels"));

            assertThat(planted.places()).isEmpty();
        }
    }

    @Test
    void the_search_finds_what_it_looks_for() {
        var company = Api.aCompany("achada");
        try (var planted = PlantedSecret.fresh()) {
            String hidden = Base64.getEncoder().encodeToString(("x:" + planted.text() + ":y").getBytes());
            Admin.get().execute("UPDATE core.companies SET name = ? WHERE id = ?", planted.text(), company.id());
            redis.stream(String.class).xadd("planted:stream", Map.of("token", hidden));
            LOG.infof(new IllegalStateException("outer", new IllegalStateException(planted.text())), "a line");
            planted.heard("{\"token\": \"" + planted.text() + "\"}");

            assertThat(planted.places())
                    .anyMatch(place -> place.startsWith("table core.companies"))
                    .anyMatch(place -> place.equals("Redis stream planted:stream"))
                    .anyMatch(place -> place.startsWith("log "))
                    .anyMatch(place -> place.startsWith("an answer"))
                    .noneMatch(planted::isFoundIn);
            Admin.get().execute("UPDATE core.companies SET name = 'Achada' WHERE id = ?", company.id());
            redis.key().del("planted:stream");
        }
    }

    private static void tell(
            PlantedSecret planted, RequestSpecification ask, Function<RequestSpecification, Response> door) {
        Response answer = door.apply(ask);
        planted.heard(answer.headers() + "\n" + answer.asString());
    }

    private static RequestSpecification body(Map<String, ?> body) {
        return Api.owner().body(body);
    }

    private static Map<String, ?> pixel(String dataset, String token) {
        return Map.of("datasetId", dataset, "accessToken", token);
    }

    private static Map<String, ?> instagram(Object centurion, String token) {
        String account = "17841400000" + System.nanoTime() % 100_000;
        return Map.of(
                "channel",
                "instagram",
                "name",
                "IG",
                "centurionId",
                centurion,
                "account",
                account,
                "accessToken",
                token);
    }

    private static Map<String, ?> telegram(Object centurion, String token) {
        String bot = String.valueOf(System.nanoTime() % 1_000_000_000L);
        return Map.of("channel", "telegram", "name", "Bot", "centurionId", centurion, "accessToken", bot + ":" + token);
    }

    private static boolean published(Api.Made company) {
        return Admin.get()
                        .count(
                                "SELECT count(*) FROM core.outbox_backoffice WHERE company_id = ? AND published_at IS NULL",
                                company.id())
                == 0;
    }
}
