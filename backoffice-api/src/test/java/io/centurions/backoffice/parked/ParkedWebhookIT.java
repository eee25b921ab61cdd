package io.centurions.backoffice.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ParkedWebhookIT {

    private static final String WEBHOOKS = "/v1/parked-webhooks";

    @ParameterizedTest
    @ValueSource(strings = {"agent-runtime", "evolution-manager", "autentique-service"})
    void a_parked_webhook_is_handled_by_its_gateway_which_hears_who_wants_it(String service) {
        var company = Api.aCompany("gancho");
        UUID id = Stuck.webhook(service, company);
        String path = WEBHOOKS + "/" + service + "/" + id;

        Api.owner()
                .get(path)
                .then()
                .statusCode(200)
                .body("state", equalTo("parked"))
                .body("bodyBytes", equalTo(16))
                .body("headerNames", equalTo(List.of("content-type")));
        Api.owner().post(path + "/reprocess").then().statusCode(200);

        var calls = Api.neighbourCalls("/internal/webhooks/" + id + "/reprocess");
        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().getString("authorization")).startsWith("Bearer ");
        assertThat(new JsonObject(calls.getFirst().getString("body")).getString("by"))
                .isNotBlank();
        // The simulated gateway leaves the row as it was, but lets nobody through a second time.
        Api.owner()
                .post(path + "/reprocess")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:already-settled"));
        assertThat(audited(company)).contains("parked-webhook.reprocess", "parked-webhook.not-reprocessed");
    }

    @Test
    void a_gateway_that_is_away_leaves_the_webhook_parked_and_the_asking_audited() {
        var company = Api.aCompany("fora");
        UUID id = Stuck.webhook("evolution-manager", company);
        Api.failNextNeighbourCall(500);

        Api.owner()
                .post(WEBHOOKS + "/evolution-manager/" + id + "/reprocess")
                .then()
                .statusCode(503)
                .header("Retry-After", equalTo("5"));

        Api.owner()
                .post(WEBHOOKS + "/evolution-manager/" + id + "/reprocess")
                .then()
                .statusCode(200);
        assertThat(audited(company))
                .containsExactly(
                        "parked-webhook.reprocess",
                        "parked-webhook.not-reprocessed",
                        "parked-webhook.reprocess",
                        "parked-webhook.reprocessed");
    }

    @Test
    void a_gateway_that_hangs_is_not_waited_for_as_long_as_for_a_rebuilt_window() {
        UUID id = Stuck.webhook("evolution-manager", Api.aCompany("presa"));
        Api.nextNeighbourCallHangs();

        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> Api.owner()
                        .post(WEBHOOKS + "/evolution-manager/" + id + "/reprocess")
                        .then()
                        .statusCode(503));
    }

    @Test
    void why_a_gateway_refuses_is_told_in_its_own_words() {
        var company = Api.aCompany("conta");
        UUID id = Stuck.webhook("agent-runtime", company);

        Api.failNextNeighbourCall(422);
        Api.owner()
                .post(WEBHOOKS + "/agent-runtime/" + id + "/reprocess")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:not-reprocessable"))
                .body("detail", equalTo("what the neighbour said"));
        Api.failNextNeighbourCall(422);
        Api.owner()
                .body(Map.of("ids", List.of(id)))
                .post(WEBHOOKS + "/reprocess")
                .then()
                .statusCode(200)
                .body("items[0].outcome", equalTo("not-reprocessable"))
                .body("items[0].detail", equalTo("what the neighbour said"));
    }

    @Test
    void a_service_that_hears_no_provider_has_nothing_to_reprocess() {
        var company = Api.aCompany("capi");
        UUID id = Stuck.webhook("capi-dispatcher", company);

        Api.owner()
                .post(WEBHOOKS + "/capi-dispatcher/" + id + "/reprocess")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:not-reprocessable"));
    }

    @Test
    void discarding_is_audited_with_its_reason_and_done_once() {
        var company = Api.aCompany("lixo");
        UUID id = Stuck.webhook("agent-runtime", company);
        UUID nobodys = Stuck.webhook("agent-runtime", null);

        for (UUID webhook : List.of(id, nobodys)) {
            String path = WEBHOOKS + "/agent-runtime/" + webhook + "/discard";
            Api.owner().body(Map.of("reason", "")).post(path).then().statusCode(400);
            Api.owner()
                    .body(Map.of("reason", "a new shape, understood since"))
                    .post(path)
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("discarded"));
            Api.owner().body(Map.of("reason", "again")).post(path).then().statusCode(409);
        }

        Api.owner()
                .post(WEBHOOKS + "/agent-runtime/" + id + "/reprocess")
                .then()
                .statusCode(409);
        assertThat(Api.neighbourCalls("/internal/webhooks/" + id)).isEmpty();
        assertThat(audited(company)).containsExactly("parked-webhook.discard");
        assertThat(Admin.get().count("SELECT count(*) FROM core.holding_audit WHERE target = ?", nobodys))
                .isEqualTo(1);
    }

    @Test
    void another_companys_webhooks_are_not_found_and_not_listed() {
        var own = Api.aCompany("minha");
        var other = Api.aCompany("alheia");
        UUID mine = Stuck.webhook("agent-runtime", own);
        UUID foreign = Stuck.webhook("agent-runtime", other);
        UUID nobodys = Stuck.webhook("agent-runtime", null);

        for (UUID hidden : List.of(foreign, nobodys)) {
            String path = WEBHOOKS + "/agent-runtime/" + hidden;
            Api.as("company_admin", own.id()).get(path).then().statusCode(404);
            Api.as("company_admin", own.id()).post(path + "/reprocess").then().statusCode(404);
            Api.as("company_admin", own.id())
                    .body(Map.of("reason", "x"))
                    .post(path + "/discard")
                    .then()
                    .statusCode(404);
        }
        Api.as("company_admin", own.id())
                .get(WEBHOOKS)
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(mine.toString())))
                .body("items.companyId", everyItem(equalTo(own.id().toString())));
        Api.as("company_admin", own.id())
                .body(Map.of("ids", List.of(foreign, mine)))
                .post(WEBHOOKS + "/reprocess")
                .then()
                .statusCode(200)
                .body("items.outcome", equalTo(List.of("not-found", "reprocessed")));
        assertThat(Api.neighbourCalls("/internal/webhooks/" + foreign)).isEmpty();
        Api.as("crm_user", own.id()).get(WEBHOOKS).then().statusCode(403);
    }

    @Test
    void a_window_is_rebuilt_by_its_gateway_for_the_owner_alone() {
        Instant to = Instant.parse("2026-11-20T12:00:00Z");
        var window = Map.of(
                "service", "evolution-manager", "from", to.minusSeconds(3600).toString(), "to", to.toString());

        Api.owner()
                .body(window)
                .post("/v1/webhooks/rebuild")
                .then()
                .statusCode(200)
                .body("webhooks", equalTo(3));
        assertThat(Api.neighbourCalls("/internal/webhooks/rebuild").getLast().getString("body"))
                .contains("2026-11-20T11:00:00Z");
        Api.owner()
                .get("/v1/audit")
                .then()
                .body("items[0].action", equalTo("webhooks.rebuilt"))
                .body("items[0].after.webhooks", equalTo(3))
                .body("items[1].action", equalTo("webhooks.rebuild"))
                .body("items[1].after.service", equalTo("evolution-manager"));
        for (String role : List.of("backoffice_admin", "company_admin", "ai_supervisor")) {
            Api.as(role, null).body(window).post("/v1/webhooks/rebuild").then().statusCode(403);
        }
    }

    @Test
    void a_window_that_cannot_be_rebuilt_is_refused() {
        String from = "2026-11-01T00:00:00Z";

        for (var wrong : List.of(
                Map.of("service", "capi-dispatcher", "from", from, "to", "2026-11-01T01:00:00Z"),
                Map.of("service", "agent-runtime", "from", from, "to", from),
                Map.of("service", "agent-runtime", "from", from, "to", "2026-11-09T00:00:00Z"))) {
            Api.owner().body(wrong).post("/v1/webhooks/rebuild").then().statusCode(422);
        }
        Api.owner()
                .body(Map.of("service", "crm", "from", from, "to", from))
                .post("/v1/webhooks/rebuild")
                .then()
                .statusCode(400);
        Api.owner()
                .body(Map.of("service", "agent-runtime"))
                .post("/v1/webhooks/rebuild")
                .then()
                .statusCode(400)
                .body("type", containsString("invalid"));
        Api.owner()
                .body(Map.of(
                        "service",
                        "agent-runtime",
                        "from",
                        "-1000000000-01-01T00:00:00Z",
                        "to",
                        "-1000000000-01-02T00:00:00Z"))
                .post("/v1/webhooks/rebuild")
                .then()
                .statusCode(400)
                .body("errors.field", equalTo(List.of("from", "to")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"instance\":\"0197a5f0-0000-7000-8000-000000000001\" | instance",
                "\"instanceId\":\"\"                                   | instanceId",
                "\"instanceId\":\" \"                                  | instanceId",
                "\"instanceId\":\"1-1-1-1-1\"                          | instanceId",
                "\"from\":\"2026\"                                     | from",
                "\"from\":\"2026-11-01T00:00:00\"                      | from",
                "\"to\":\"2026-11-02\"                                 | to",
                "\"to\":\"\"                                           | to"
            })
    void what_could_mean_another_window_or_all_instances_is_refused_by_the_fields_name(String wrong, String field) {
        int asked = Api.neighbourCalls("/internal/webhooks/rebuild").size();
        var body = new JsonObject()
                .put("service", "agent-runtime")
                .put("from", "2026-11-01T00:00:00Z")
                .put("to", "2026-11-01T01:00:00-03:00")
                .mergeIn(new JsonObject("{" + wrong + "}"));

        Api.owner()
                .body(body.encode())
                .post("/v1/webhooks/rebuild")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:centurions:problem:invalid"))
                .body("errors.field", equalTo(List.of(field)));

        assertThat(Api.neighbourCalls("/internal/webhooks/rebuild")).hasSize(asked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{%s,\"instanceId\":\"0197a5f0-0000-7000-8000-000000000001\",\"instanceId\":null}",
                "{%s,\"to\":\"2026-11-02T00:00:00Z\"}",
                "{%s} {\"instanceId\":\"0197a5f0-0000-7000-8000-000000000001\"}"
            })
    void a_body_that_says_two_things_is_refused(String body) {
        int asked = Api.neighbourCalls("/internal/webhooks/rebuild").size();
        String window =
                "\"service\":\"agent-runtime\",\"from\":\"2026-11-01T00:00:00Z\",\"to\":\"2026-11-01T01:00:00Z\"";

        Api.owner()
                .body(body.formatted(window))
                .post("/v1/webhooks/rebuild")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");

        assertThat(Api.neighbourCalls("/internal/webhooks/rebuild")).hasSize(asked);
    }

    @Test
    void a_time_with_an_offset_and_one_instance_reach_the_gateway() {
        UUID instance = UUID.randomUUID();

        Api.owner()
                .body(Map.of(
                        "service",
                        "agent-runtime",
                        "from",
                        "2026-11-20T08:00:00-03:00",
                        "to",
                        "2026-11-20T12:00:00Z",
                        "instanceId",
                        instance))
                .post("/v1/webhooks/rebuild")
                .then()
                .statusCode(200);

        assertThat(Api.neighbourCalls("/internal/webhooks/rebuild").getLast().getString("body"))
                .contains("2026-11-20T11:00:00Z", instance.toString());
    }

    @Test
    void a_field_that_is_not_asked_for_is_refused_wherever_something_is_settled() {
        UUID nobodys = Stuck.webhook("agent-runtime", null);
        String discard = "/agent-runtime/" + nobodys + "/discard";

        for (String path : List.of(WEBHOOKS + discard, "/v1/parked-events" + discard)) {
            Api.owner()
                    .body(Map.of("reason", "garbage", "until", "tomorrow"))
                    .post(path)
                    .then()
                    .statusCode(400)
                    .body("errors.field", equalTo(List.of("until")));
        }
        for (String things : List.of(WEBHOOKS, "/v1/parked-events")) {
            Api.owner()
                    .body(Map.of("ids", List.of(nobodys), "company", UUID.randomUUID()))
                    .post(things + "/reprocess")
                    .then()
                    .statusCode(400)
                    .body("errors.field", equalTo(List.of("company")));
        }
    }

    @Test
    void what_others_settled_meanwhile_is_refused_and_audited_wherever_in_a_keyed_selection() {
        var company = Api.aCompany("alguns");
        var ids = Stream.generate(() -> Stuck.webhook("agent-runtime", company))
                .limit(3)
                .toList();
        for (UUID settled : ids.subList(1, 3)) {
            Api.owner()
                    .post(WEBHOOKS + "/agent-runtime/" + settled + "/reprocess")
                    .then()
                    .statusCode(200);
        }

        Api.owner()
                .header("Idempotency-Key", UUID.randomUUID())
                .body(Map.of("ids", ids))
                .post(WEBHOOKS + "/reprocess")
                .then()
                .body("items.outcome", equalTo(List.of("reprocessed", "already-settled", "already-settled")));

        assertThat(Collections.frequency(audited(company), "parked-webhook.not-reprocessed"))
                .isEqualTo(2);
    }

    private static List<String> audited(Api.Made company) {
        return Admin.get()
                .query(
                        "SELECT action FROM core.audit_log WHERE company_id = ? AND action LIKE 'parked%' ORDER BY id",
                        company.id())
                .stream()
                .map(row -> (String) row.get("action"))
                .toList();
    }
}
