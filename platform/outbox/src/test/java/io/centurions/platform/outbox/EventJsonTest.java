package io.centurions.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.Event;
import io.centurions.contracts.EventTypes;
import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventJsonTest {

    static java.util.List<EventTypes.Entry> catalogue() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("catalogue")
    void every_golden_payload_is_read_and_written_as_it_was(EventTypes.Entry entry) throws IOException {
        JsonObject payload = golden(entry).getJsonObject("payload");

        Event event = EventJson.read(payload.encode(), entry.record());

        assertThat(new JsonObject(EventJson.write(event))).isEqualTo(payload);
    }

    @Test
    void an_unknown_field_is_ignored_and_an_unknown_enum_value_is_other() throws IOException {
        JsonObject payload = golden(EventTypes.all().stream()
                        .filter(entry -> entry.record() == InstanceStatusChanged.class)
                        .findFirst()
                        .orElseThrow())
                .getJsonObject("payload")
                .put("channel", "CARRIER_PIGEON")
                .put("addedLater", 1);

        InstanceStatusChanged event = EventJson.read(payload.encode(), InstanceStatusChanged.class);

        assertThat(event.channel()).isEqualTo(Channel.OTHER);
    }

    @Test
    void what_cannot_be_read_is_refused_without_quoting_it() {
        assertThatThrownBy(() -> EventJson.read("{\"instance\":\"segredo\"}", InstanceStatusChanged.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("segredo");
    }

    private static JsonObject golden(EventTypes.Entry entry) throws IOException {
        String file = "/golden/" + entry.type() + ".v" + entry.version() + ".json";
        try (InputStream in = EventTypes.class.getResourceAsStream(file)) {
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
