package io.centurions.backoffice.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is reprocessed, alone and in a selection, asked for again with its key. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class SelectionAgainIT {

    private static final String WEBHOOKS = "/v1/parked-webhooks";
    private static final String EVENTS = "/v1/parked-events";

    private final String key = UUID.randomUUID().toString();

    @Test
    void a_webhook_that_got_its_company_by_being_handled_is_told_as_handled() {
        var company = Api.aCompany("conectada");
        UUID id = Stuck.webhook("agent-runtime", null);
        Api.failNextNeighbourCall(422);
        one(id).statusCode(409).body("type", equalTo("urn:centurions:problem:not-reprocessable"));
        one(id).statusCode(200).header("Idempotent-Replay", equalTo(null));
        settled(company, id);

        one(id).statusCode(200)
                .header("Idempotent-Replay", equalTo("true"))
                .body("companyId", equalTo(company.id().toString()));

        assertThat(calls(id)).isEqualTo(2);
    }

    @Test
    void so_it_is_in_a_selection_and_its_key_stands_for_no_other() {
        var company = Api.aCompany("conectada");
        UUID first = Stuck.webhook("agent-runtime", null);
        UUID second = Stuck.webhook("agent-runtime", null);
        selection(WEBHOOKS, first, second).body("items.outcome", equalTo(List.of("reprocessed", "reprocessed")));
        settled(company, first);

        selection(WEBHOOKS, first, second)
                .statusCode(200)
                .header("Idempotent-Replay", equalTo("true"))
                .body("items.outcome", equalTo(List.of("reprocessed", "reprocessed")));

        selection(WEBHOOKS, first)
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:idempotency-key-reused"));
        assertThat(calls(first) + calls(second)).isEqualTo(2);
    }

    @Test
    void when_the_database_goes_away_midway_what_is_done_is_told_and_a_repeat_does_the_rest() {
        var company = Api.aCompany("meio");
        UUID[] ids = webhooks(company);

        withoutDatabaseAt(
                ids[1],
                "parked-webhook.reprocess",
                () -> selection(WEBHOOKS, ids)
                        .statusCode(200)
                        .body("items.outcome", equalTo(List.of("reprocessed", "unavailable", "unavailable"))));
        settled(company, ids[0]);
        assertThat(calls(ids[1]) + calls(ids[2])).isZero();

        selection(WEBHOOKS, ids)
                .statusCode(200)
                .header("Idempotent-Replay", equalTo("true"))
                .body("items.outcome", equalTo(List.of("reprocessed", "reprocessed", "reprocessed")));
        assertThat(List.of(calls(ids[0]), calls(ids[1]), calls(ids[2]))).containsOnly(1);
    }

    @Test
    void when_the_gateway_is_away_for_one_the_others_are_done_and_a_repeat_does_that_one() {
        UUID[] ids = webhooks(Api.aCompany("porta"));
        Api.failNextNeighbourCall(503);

        selection(WEBHOOKS, ids)
                .statusCode(200)
                .body("items.outcome", equalTo(List.of("unavailable", "reprocessed", "reprocessed")));

        selection(WEBHOOKS, ids)
                .statusCode(200)
                .body("items.outcome", equalTo(List.of("reprocessed", "reprocessed", "reprocessed")));
        assertThat(calls(ids[1])).isEqualTo(1);
    }

    @Test
    void what_was_done_while_its_end_could_not_be_kept_is_told_as_done() {
        var company = Api.aCompany("fim");
        UUID id = Stuck.webhook("agent-runtime", company);
        withoutDatabaseAt(id, "parked-webhook.reprocessed", () -> one(id).statusCode(200));

        // As a twin hears it that comes before the first one's end is kept.
        one(id).statusCode(503).body("detail", startsWith("the same request is under way"));
        settled(company, id);

        one(id).statusCode(200).header("Idempotent-Replay", equalTo("true"));
        assertThat(calls(id)).isEqualTo(2);
    }

    @Test
    void what_another_request_has_handled_is_never_told_as_this_ones() {
        var company = Api.aCompany("outra");
        UUID[] ids = webhooks(company);
        Api.owner()
                .post(WEBHOOKS + "/agent-runtime/" + ids[0] + "/reprocess")
                .then()
                .statusCode(200);
        var told = List.of("already-settled", "reprocessed", "reprocessed");

        // The simulated gateway leaves the row as it was, so the second asks it as a twin does that is under way.
        for (int time = 0; time < 2; time++) {
            selection(WEBHOOKS, ids).statusCode(200).body("items.outcome", equalTo(told));
        }
        for (UUID id : ids) {
            settled(company, id);
        }
        selection(WEBHOOKS, ids)
                .statusCode(200)
                .header("Idempotent-Replay", equalTo("true"))
                .body("items.outcome", equalTo(told));
    }

    @Test
    void twins_that_are_under_way_at_once_are_told_only_what_is_theirs() throws Exception {
        UUID[] ids = webhooks(Api.aCompany("gemeas"));
        String others = UUID.randomUUID().toString();
        List<Callable<List<String>>> attempts = Stream.of(key, key, others)
                .map(asking -> (Callable<List<String>>)
                        () -> selection(asking, WEBHOOKS, ids).extract().path("items.outcome"))
                .toList();
        List<List<String>> told = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (var answer : threads.invokeAll(attempts)) {
                told.add(answer.get());
            }
        }

        for (int i = 0; i < ids.length; i++) {
            boolean theirs = told.get(2).get(i).equals("already-settled");
            // Unavailable: the twin's asking has no end yet; a repeat tells.
            assertThat(List.of(told.get(0).get(i), told.get(1).get(i)))
                    .isSubsetOf(theirs ? "reprocessed" : "already-settled", "unavailable");
        }
    }

    @Test
    void a_selection_of_events_is_answered_as_it_was_first() {
        var company = Api.aCompany("primeira");
        UUID others = Stuck.event("agent-runtime", company);
        UUID own = Stuck.event("agent-runtime", company);
        Api.owner()
                .post(EVENTS + "/agent-runtime/" + others + "/reprocess")
                .then()
                .statusCode(200);

        for (String replay : new String[] {null, "true"}) {
            selection(EVENTS, others, own)
                    .statusCode(200)
                    .header("Idempotent-Replay", equalTo(replay))
                    .body("items.outcome", equalTo(List.of("already-settled", "reprocessed")));
        }

        assertThat(Stuck.freed("agent-runtime", company)).isEqualTo(2);
        assertThat(Admin.get()
                        .query(
                                "SELECT action, target FROM core.audit_log WHERE company_id = ? AND action LIKE 'parked%' ORDER BY id",
                                company.id()))
                .as("what was done, and nothing that was only answered")
                .extracting(row -> row.get("action"), row -> row.get("target"))
                .containsExactly(tuple("parked-event.reprocess", others), tuple("parked-event.reprocess", own));
    }

    private ValidatableResponse one(UUID id) {
        return Api.owner()
                .header("Idempotency-Key", key)
                .post(WEBHOOKS + "/agent-runtime/" + id + "/reprocess")
                .then();
    }

    private ValidatableResponse selection(String things, UUID... ids) {
        return selection(key, things, ids);
    }

    private static ValidatableResponse selection(String key, String things, UUID... ids) {
        return Api.owner()
                .header("Idempotency-Key", key)
                .body(Map.of("ids", Arrays.asList(ids)))
                .post(things + "/reprocess")
                .then();
    }

    private static UUID[] webhooks(Api.Made company) {
        return new UUID[] {
            Stuck.webhook("agent-runtime", company),
            Stuck.webhook("agent-runtime", company),
            Stuck.webhook("agent-runtime", company)
        };
    }

    private static int calls(UUID webhook) {
        return Api.neighbourCalls("/internal/webhooks/" + webhook).size();
    }

    /** As its gateway leaves a webhook that it handled for the owner. */
    private static void settled(Api.Made company, UUID webhook) {
        Admin.get().execute("""
                        UPDATE core.webhook_inbox_runtime
                           SET company_id = '%1$s', state = 'reprocessed', settled_at = now(),
                               settled_by = (SELECT actor FROM core.audit_log
                                              WHERE company_id = '%1$s' AND action = 'company.create')
                         WHERE id = '%2$s'
                        """.formatted(company.id(), webhook));
    }

    /** What PostgreSQL answers while it shuts down, to whoever keeps that act on that webhook. */
    private static void withoutDatabaseAt(UUID webhook, String action, Runnable work) {
        Admin.get().execute("""
                        CREATE FUNCTION core.away() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN RAISE EXCEPTION 'away' USING ERRCODE = '57P03'; END $$
                        """);
        try {
            Admin.get()
                    .execute("CREATE TRIGGER away BEFORE INSERT ON core.audit_log FOR EACH ROW WHEN (NEW.target = '"
                            + webhook + "' AND NEW.action = '" + action + "') EXECUTE FUNCTION core.away()");
            work.run();
        } finally {
            Admin.get().execute("DROP FUNCTION core.away() CASCADE");
        }
    }
}
