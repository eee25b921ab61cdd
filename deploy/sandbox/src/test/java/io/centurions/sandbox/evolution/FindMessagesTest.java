package io.centurions.sandbox.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.sandbox.Fixture;
import io.centurions.sandbox.Running;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FindMessagesTest extends Running {

    private static final String[] KEY = {"apikey", EvolutionSimulator.GLOBAL_KEY};
    private static final String NAME = "looked-up";

    @Test
    void a_look_up_finds_what_was_said_in_the_time_asked_for() {
        open();
        Instant before = Instant.now().minusSeconds(1);
        http.post(
                "/evolution/message/sendText/" + NAME,
                new JsonObject().put("number", "5511988887777").put("text", "Olá"),
                KEY);
        Instant after = Instant.now().plusSeconds(1);

        assertThat(own(time(before, after))).isEqualTo(1);
        assertThat(own(time(before.minusSeconds(60), before.minusSeconds(1)))).isZero();
        assertThat(own(time(after, after.plusSeconds(60)))).isZero();
        // The server passes over one end without the other.
        assertThat(own(new JsonObject().put("gte", after.toString()))).isEqualTo(1);
    }

    private void open() {
        JsonObject webhook =
                new JsonObject().put("url", fleet.url("/webhooks/" + NAME)).put("events", new JsonArray());
        http.post(
                "/evolution/instance/create",
                Fixture.request("evolution/req-create-baileys")
                        .put("instanceName", NAME)
                        .put("webhook", webhook),
                KEY);
        assertThat(http.post("/evolution/_sandbox/" + NAME + "/scan", new JsonObject())
                        .status())
                .isEqualTo(200);
    }

    private static JsonObject time(Instant from, Instant until) {
        return new JsonObject().put("gte", from.toString()).put("lte", until.toString());
    }

    private int own(JsonObject time) {
        JsonObject where = new JsonObject()
                .put("key", new JsonObject().put("fromMe", true))
                .put("messageTimestamp", time);
        return http.post("/evolution/chat/findMessages/" + NAME, new JsonObject().put("where", where), KEY)
                .json()
                .getJsonObject("messages")
                .getInteger("total");
    }
}
