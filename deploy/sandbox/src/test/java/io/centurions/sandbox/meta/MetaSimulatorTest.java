package io.centurions.sandbox.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.sandbox.Fixture;
import io.centurions.sandbox.Http;
import io.centurions.sandbox.Running;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetaSimulatorTest extends Running {

    @BeforeEach
    void nothingReceived() {
        http.delete("/meta/_sandbox/events");
    }

    /** A captured request with a fresh time, as its own would be too old by now. */
    private static JsonObject captured(String name) {
        JsonObject body = Fixture.request("meta-capi/" + name);
        body.getJsonArray("data")
                .forEach(event -> ((JsonObject) event).put("event_time", System.currentTimeMillis() / 1000));
        return body;
    }

    private static JsonObject event(JsonObject body) {
        return body.getJsonArray("data").getJsonObject(0);
    }

    private Http.Answer post(JsonObject body) {
        return http.post("/meta/v23.0/100200300/events?access_token=sandbox-meta-token", body);
    }

    private JsonArray received() {
        return http.get("/meta/_sandbox/events").list();
    }

    private void assertRefused(String name, Consumer<JsonObject> change, Integer subcode) {
        JsonObject body = captured(name);
        change.accept(event(body));
        Http.Answer answer = post(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonObject("error").getInteger("code")).isEqualTo(100);
        assertThat(answer.json().getJsonObject("error").getInteger("error_subcode"))
                .isEqualTo(subcode);
        assertThat(received()).isEmpty();
    }

    @Test
    void good_events_of_each_source_are_received() {
        for (String name : new String[] {
            "post-website-lead",
            "post-business-messaging-leadsubmitted",
            "post-business-messaging-purchase",
            "post-crm-conversion-lead"
        }) {
            Http.Answer answer = post(captured(name));
            assertThat(answer.status()).as(name + answer.text()).isEqualTo(200);
            assertThat(answer.json().getInteger("events_received")).isEqualTo(1);
        }
        assertThat(received()).hasSize(4);
    }

    @Test
    void a_repeat_is_counted_and_not_a_second_event() {
        JsonObject body = captured("post-business-messaging-purchase");

        post(body);
        post(body);

        assertThat(received()).hasSize(1);
        JsonObject row = received().getJsonObject(0);
        assertThat(row.getInteger("count")).isEqualTo(2);
        assertThat(row.getString("eventName")).isEqualTo("Purchase");
        assertThat(row.getString("dataset")).isEqualTo("100200300");
    }

    @Test
    void what_breaks_the_contract_is_refused_with_its_subcode() {
        assertRefused("post-business-messaging-bad-event-name", event -> {}, 2804066);
        assertRefused(
                "post-website-lead",
                event -> event.put("event_time", System.currentTimeMillis() / 1000 - 8 * 86_400),
                2804003);
        assertRefused("post-website-lead", event -> event.put("user_data", new JsonObject()), 2804050);
        assertRefused("post-website-lead", event -> event.remove("event_source_url"), null);
        assertRefused(
                "post-website-lead", event -> event.getJsonObject("user_data").remove("client_user_agent"), null);
        assertRefused(
                "post-website-lead",
                event -> event.getJsonObject("user_data").put("em", new JsonArray().add("maria@cliente.example")),
                null);
        assertRefused(
                "post-business-messaging-leadsubmitted",
                event -> event.getJsonObject("user_data").remove("ctwa_clid"),
                null);
    }

    @Test
    void one_bad_event_refuses_the_whole_request() {
        JsonObject body = captured("post-website-lead");
        body.getJsonArray("data").add(event(captured("post-business-messaging-bad-event-name")));

        assertThat(post(body).status()).isEqualTo(400);
        assertThat(received()).isEmpty();
    }

    @Test
    void too_many_events_and_bad_tokens_are_refused() {
        JsonObject body = captured("post-website-lead");
        JsonObject event = event(body);
        for (int i = 0; i < 1000; i++) {
            body.getJsonArray("data").add(event.copy().put("event_id", "e" + i));
        }

        assertThat(post(body).status()).isEqualTo(400);
        Http.Answer noToken = http.post("/meta/v23.0/100200300/events", captured("post-website-lead"));
        assertThat(noToken.json().getJsonObject("error").getInteger("code")).isEqualTo(190);
        Http.Answer bearer = http.post(
                "/meta/v23.0/100200300/events",
                captured("post-website-lead"),
                "Authorization",
                "Bearer sandbox-meta-token");
        assertThat(bearer.status()).isEqualTo(200);
    }
}
