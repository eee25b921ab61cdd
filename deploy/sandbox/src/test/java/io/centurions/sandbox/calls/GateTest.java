package io.centurions.sandbox.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.centurions.sandbox.Http;
import io.centurions.sandbox.Running;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GateTest extends Running {

    private static final String[] KEY = {"apikey", "sandbox-evolution-key", "X-Trace", "t1"};

    @BeforeEach
    void nothingYet() {
        http.delete("/calls");
        http.delete("/faults");
    }

    private JsonArray calls(String query) {
        return http.get("/calls" + query).list();
    }

    @Test
    void calls_are_kept_in_order_with_body_and_status_and_without_secrets() {
        http.get("/evolution/instance/fetchInstances", KEY);
        http.post("/telegram/bot600:hidden-part/getMe", new JsonObject().put("a", 1));
        http.form(
                "/oidc/token",
                Map.of("grant_type", "password", "client_id", "backoffice-web", "password", "hidden-part"));

        JsonArray calls = calls("");

        assertThat(calls).hasSize(3);
        assertThat(calls.encode()).doesNotContain("sandbox-evolution-key", "hidden-part");
        JsonObject first = calls.getJsonObject(0);
        assertThat(first.getString("provider")).isEqualTo("evolution");
        assertThat(first.getString("method")).isEqualTo("GET");
        assertThat(first.getInteger("status")).isEqualTo(200);
        assertThat(first.getJsonObject("headers").getString("x-trace")).isEqualTo("t1");
        assertThat(calls.getJsonObject(1).getString("path")).isEqualTo("/telegram/bot600:***/getMe");
        assertThat(calls.getJsonObject(1).getJsonObject("body")).isEqualTo(new JsonObject().put("a", 1));
        long seen = calls.getJsonObject(1).getLong("seq");
        assertThat(calls("?since=" + seen)).hasSize(1);
        assertThat(calls("?since=" + first.getString("at"))).hasSize(3);
        assertThat(calls("?provider=telegram")).hasSize(1);
        assertThat(http.get("/calls?since=yesterday").status()).isEqualTo(400);
    }

    @Test
    void what_a_webhook_is_to_come_with_is_not_shown() {
        JsonObject telegram = new JsonObject().put("url", fleet.url("/tg")).put("secret_token", "hidden-part");
        http.post("/telegram/bot600:x/setWebhook", telegram);
        http.post("/telegram/bot600:x/setWebhook?secret_token=hidden-part", telegram);
        JsonObject evolution = new JsonObject()
                .put("url", fleet.url("/wa"))
                .put("headers", new JsonObject().put("X-Centurions-Webhook-Secret", "hidden-part"));
        http.post("/evolution/webhook/set/nobody", new JsonObject().put("webhook", evolution), KEY);
        http.post(
                "/vault/v1/secret/data/a",
                new JsonObject().put("data", new JsonObject().put("value", "hidden-part")),
                "X-Vault-Token",
                "hidden-part");

        JsonArray calls = calls("");

        assertThat(calls).hasSize(4);
        assertThat(calls.encode()).doesNotContain("hidden-part");
        assertThat(calls.getJsonObject(2).getJsonObject("body"))
                .isEqualTo(new JsonObject()
                        .put(
                                "webhook",
                                evolution
                                        .copy()
                                        .put("headers", new JsonObject().put("X-Centurions-Webhook-Secret", "***"))));
    }

    @Test
    void what_the_tester_asks_of_the_sandbox_is_no_call_of_the_fleet() {
        http.get("/phone/instances");
        http.post("/instagram/_sandbox/subscription", new JsonObject().put("url", fleet.url("/x")));
        http.post("/autentique/documents/nope/sign", new JsonObject());

        assertThat(calls("")).isEmpty();
    }

    @Test
    void a_fault_happens_as_often_as_asked() {
        http.post(
                "/faults",
                new JsonObject()
                        .put("provider", "meta")
                        .put("path", "/events")
                        .put("status", 503)
                        .put("times", 1)
                        .put("body", new JsonObject().put("error", "simulated")));

        Http.Answer failed = http.post("/meta/v23.0/1/events", new JsonObject());
        Http.Answer after = http.post("/meta/v23.0/1/events", new JsonObject());

        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.json().getString("error")).isEqualTo("simulated");
        assertThat(after.status()).isEqualTo(400);
        assertThat(calls("?provider=meta").getJsonObject(0).getInteger("status"))
                .isEqualTo(503);
    }

    @Test
    void a_delay_without_a_status_is_only_late() {
        http.post("/faults", new JsonObject().put("provider", "evolution").put("delayMs", 120));
        long start = System.nanoTime();

        Http.Answer answer = http.get("/evolution/instance/fetchInstances", KEY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(115);
        http.delete("/faults");
        assertThat(http.get("/faults").list()).isEmpty();
    }

    @Test
    void a_call_that_hangs_is_done_when_its_fault_is_ended() throws Exception {
        for (String ended : List.of("/faults", "/faults/%d")) {
            long id = http.post(
                            "/faults",
                            new JsonObject().put("provider", "evolution").put("hangs", true))
                    .json()
                    .getLong("id");
            var answer = CompletableFuture.supplyAsync(() -> http.get("/evolution/instance/fetchInstances", KEY));
            await().until(() -> http.get("/faults").list().getJsonObject(0).getInteger("hits") == 1);
            assertThat(answer).isNotDone();

            http.delete(ended.formatted(id));

            assertThat(answer.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    @Test
    void status_zero_cuts_the_connection() {
        http.post("/faults", new JsonObject().put("provider", "openai").put("status", 0));

        assertThatThrownBy(() -> http.get("/openai/v1/models")).hasCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void a_refusal_carries_its_headers_and_a_later_fault_may_come_first() {
        http.post("/faults", new JsonObject().put("provider", "telegram").put("status", 500));
        JsonObject tooMany = new JsonObject()
                .put("provider", "telegram")
                .put("status", 429)
                .put("headers", new JsonObject().put("Retry-After", 7))
                .put("first", true);

        http.post("/faults", tooMany);
        Http.Answer answer = http.post("/telegram/bot600:x/getMe", new JsonObject());

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void a_fault_of_no_share_meets_nobody_and_tells_so_when_it_is_ended() {
        JsonObject never = http.post(
                        "/faults",
                        new JsonObject()
                                .put("provider", "evolution")
                                .put("status", 500)
                                .put("share", 0.0))
                .json();
        JsonObject always = http.post(
                        "/faults", new JsonObject().put("provider", "evolution").put("status", 503))
                .json();

        assertThat(http.get("/evolution/instance/fetchInstances", KEY).status()).isEqualTo(503);

        assertThat(http.delete("/faults/" + never.getLong("id")).json().getInteger("hits"))
                .isZero();
        assertThat(http.delete("/faults/" + always.getLong("id")).json().getInteger("hits"))
                .isEqualTo(1);
        assertThat(http.delete("/faults/" + always.getLong("id")).status()).isEqualTo(404);
        assertThat(http.get("/evolution/instance/fetchInstances", KEY).status()).isEqualTo(200);
    }

    @Test
    void a_delay_is_drawn_from_one_of_the_ranges() {
        http.post(
                "/faults",
                new JsonObject()
                        .put("provider", "evolution")
                        .put(
                                "delaysMs",
                                new JsonArray().add(new JsonArray().add(100).add(150))));
        long start = System.nanoTime();

        Http.Answer answer = http.get("/evolution/instance/fetchInstances", KEY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat((System.nanoTime() - start) / 1_000_000).isGreaterThanOrEqualTo(95);
    }

    @Test
    void a_fault_without_a_provider_is_refused() {
        assertThat(http.post("/faults", new JsonObject().put("status", 500)).status())
                .isEqualTo(400);
    }
}
