package io.centurions.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.lead.LeadSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenTest {

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
    private static final Pattern ENUM_OR_CURRENCY = Pattern.compile("[A-Z][A-Z_]*");
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_.-]*");
    private static final Pattern META_NAME = Pattern.compile("[A-Z][A-Za-z]+");

    static Stream<EventTypes.Entry> events() {
        return EventTypes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_payload_survives_the_round_trip(EventTypes.Entry entry) {
        JsonNode payload = Wire.golden(entry).get("payload");

        Event event = Wire.event(entry, payload);

        assertThat(Wire.JSON.<JsonNode>valueToTree(event).toString()).isEqualTo(payload.toString());
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_envelope_survives_the_round_trip_and_tells_of_its_payload(EventTypes.Entry entry) {
        JsonNode golden = Wire.golden(entry);

        Envelope envelope = Wire.JSON.convertValue(golden.get("envelope"), Envelope.class);
        Event event = Wire.event(entry, golden.get("payload"));

        assertThat(Wire.JSON.<JsonNode>valueToTree(envelope).toString())
                .isEqualTo(golden.get("envelope").toString());
        assertThat(envelope.type()).isEqualTo(entry.type()).isEqualTo(event.type());
        assertThat(envelope.version()).isEqualTo(entry.version()).isEqualTo(event.version());
        assertThat(envelope.subject()).isEqualTo(event.subject().value());
        assertThat(envelope.seq()).isEqualTo(event.seq());
        assertThat(entry.writers()).contains(envelope.producer());
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_golden_file_obeys_its_schema(EventTypes.Entry entry) {
        JsonNode golden = Wire.golden(entry);

        assertThat(breaches(Wire.schema(entry), golden.get("payload"))).isEmpty();
        assertThat(breaches(Wire.resource("/schema/envelope.v1.json"), golden.get("envelope")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_golden_file_carries_no_text_name_phone_or_document(EventTypes.Entry entry) {
        Wire.golden(entry).get("payload").properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isTextual()) {
                // The name of a conversion is Meta's word for it, not a person's.
                boolean metaName = entry.type().equals("conversion.dispatched")
                        && field.getKey().equals("name");
                assertThat(value.textValue())
                        .as(field.getKey())
                        .satisfies(text -> assertThat(Stream.of(
                                        UUID_TEXT, INSTANT, ENUM_OR_CURRENCY, CODE, metaName ? META_NAME : CODE))
                                .anyMatch(allowed -> allowed.matcher(text).matches()));
            } else {
                assertThat(value.isIntegralNumber()).as(field.getKey()).isTrue();
                assertThat(value.longValue()).as(field.getKey()).isLessThan(1_000_000_000L);
            }
        });
    }

    @Test
    void a_value_that_we_do_not_know_is_read_as_other() {
        EventTypes.Entry entry = events().filter(e -> e.record() == LeadCreated.class)
                .findFirst()
                .orElseThrow();
        ObjectNode payload = Wire.golden(entry).get("payload").deepCopy();
        payload.put("source", "CARRIER_PIGEON").put("wings", 2);

        var lead = (LeadCreated) Wire.event(entry, payload);

        assertThat(lead.source()).isEqualTo(LeadSource.OTHER);
    }

    @Test
    void what_may_be_absent_may_be_left_out() {
        EventTypes.Entry entry = events().filter(e -> e.record() == LeadCreated.class)
                .findFirst()
                .orElseThrow();
        ObjectNode payload = Wire.golden(entry).get("payload").deepCopy();
        payload.remove("conversation");

        var lead = (LeadCreated) Wire.event(entry, payload);

        assertThat(lead.conversation()).isNull();
        assertThat(breaches(Wire.schema(entry), payload)).isEmpty();
    }

    private static List<String> breaches(JsonNode schema, JsonNode value) {
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema, config)
                .validate(value)
                .stream()
                .map(Object::toString)
                .toList();
    }
}
