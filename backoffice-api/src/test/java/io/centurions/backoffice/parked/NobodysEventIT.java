package io.centurions.backoffice.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What is done to what no company owns, sent again with its key. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class NobodysEventIT {

    private final String key = UUID.randomUUID().toString();

    @Test
    void of_many_discards_with_one_key_one_is_done_and_the_others_tell_it() throws Exception {
        UUID broken = Stuck.nobodysEvent("capi-dispatcher");
        List<Callable<Response>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(() -> discard(broken, key, "garbage"));
        }
        List<Response> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(attempts)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers)
                .allSatisfy(answer -> assertThat(List.of(answer.statusCode(), answer.<String>path("state")))
                        .isEqualTo(List.of(200, "discarded")));
        assertThat(answers)
                .filteredOn(answer -> answer.header("Idempotent-Replay") == null)
                .hasSize(1);
        assertThat(Admin.get().count("SELECT count(*) FROM core.holding_audit WHERE target = ?", broken))
                .isEqualTo(1);
    }

    @Test
    void discarding_a_webhook_again_with_its_key_gets_the_first_ones_result() {
        String path = "/v1/parked-webhooks/agent-runtime/" + Stuck.webhook("agent-runtime", null) + "/discard";
        var reason = Map.of("reason", "not ours");

        for (String replay : new String[] {null, "true"}) {
            Api.owner()
                    .header("Idempotency-Key", key)
                    .body(reason)
                    .post(path)
                    .then()
                    .statusCode(200)
                    .header("Idempotent-Replay", equalTo(replay))
                    .body("state", equalTo("discarded"));
        }
        Api.owner()
                .header("Idempotency-Key", UUID.randomUUID())
                .body(reason)
                .post(path)
                .then()
                .statusCode(409);
    }

    @Test
    void a_key_that_stands_for_another_discard_changes_nothing() {
        UUID first = Stuck.nobodysEvent("capi-dispatcher");
        UUID second = Stuck.nobodysEvent("capi-dispatcher");
        discard(first, key, "garbage").then().statusCode(200);

        for (Response reused : List.of(discard(first, key, "another reason"), discard(second, key, "garbage"))) {
            reused.then().statusCode(409).body("type", equalTo("urn:centurions:problem:idempotency-key-reused"));
        }

        Api.owner().get(path(second)).then().body("state", equalTo("parked"));
        discard(second, "k".repeat(201), "garbage").then().statusCode(400);
        discard(second, " ", "garbage").then().statusCode(200);
        discard(second, " ", "garbage").then().statusCode(409);
    }

    @Test
    void a_webhook_of_nobody_is_handled_once_for_its_key_and_each_repeat_tells_it() {
        UUID webhook = Stuck.webhook("agent-runtime", null);
        UUID another = Stuck.webhook("agent-runtime", null);

        for (String replay : new String[] {null, "true", "true"}) {
            reprocess(webhook, key).then().statusCode(200).header("Idempotent-Replay", equalTo(replay));
            Admin.get().execute("UPDATE core.webhook_inbox_runtime SET state = 'reprocessed' WHERE id = ?", webhook);
        }
        reprocess(another, key)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:idempotency-key-reused"));
        reprocess(webhook, UUID.randomUUID().toString())
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:already-settled"));

        assertThat(Api.neighbourCalls("/internal/webhooks/" + webhook)).hasSize(1);
        assertThat(Api.neighbourCalls("/internal/webhooks/" + another)).isEmpty();
        assertThat(
                        Admin.get()
                                .query("SELECT action FROM core.holding_audit WHERE target = ? ORDER BY id", webhook)
                                .stream()
                                .map(row -> row.get("action")))
                .containsExactly("parked-webhook.reprocess", "parked-webhook.reprocessed");
    }

    @Test
    void of_many_who_have_a_webhook_of_nobody_handled_with_one_key_none_is_refused() throws Exception {
        UUID webhook = Stuck.webhook("agent-runtime", null);
        List<Callable<Response>> attempts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            attempts.add(() -> reprocess(webhook, key));
        }

        List<Response> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var answer : threads.invokeAll(attempts)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).extracting(Response::statusCode).contains(200);
        // Who looks before the one whose call it was has noted its end is told to repeat.
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 200)
                .allSatisfy(answer -> answer.then()
                        .statusCode(503)
                        .body("detail", startsWith("the same request is under way; repeat it")));
        reprocess(webhook, key).then().statusCode(200).header("Idempotent-Replay", "true");
    }

    @Test
    void a_webhook_that_its_gateway_could_not_be_asked_for_is_asked_for_again_with_the_same_key() {
        UUID webhook = Stuck.webhook("agent-runtime", null);
        Api.failNextNeighbourCall(500);

        reprocess(webhook, key).then().statusCode(503);
        reprocess(webhook, key).then().statusCode(200).header("Idempotent-Replay", equalTo(null));
    }

    private static Response reprocess(UUID webhook, String key) {
        return Api.owner()
                .header("Idempotency-Key", key)
                .post("/v1/parked-webhooks/agent-runtime/" + webhook + "/reprocess");
    }

    private static Response discard(UUID event, String key, String reason) {
        return Api.owner()
                .header("Idempotency-Key", key)
                .body(Map.of("reason", reason))
                .post(path(event) + "/discard");
    }

    private static String path(UUID event) {
        return "/v1/parked-events/capi-dispatcher/" + event;
    }
}
