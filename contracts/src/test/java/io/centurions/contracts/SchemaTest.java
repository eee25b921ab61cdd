package io.centurions.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.contracts.id.Id;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas and the records say the same, and no record can carry what must not travel. */
class SchemaTest {

    /** The only texts that an event may hold, each a code by its constructor or a name out of a fixed list. */
    private static final Set<String> CODES = Set.of("reason", "currency", "ConversionDispatched.name");

    static Stream<EventTypes.Entry> events() {
        return EventTypes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_schema_lists_the_components_of_its_record(EventTypes.Entry entry) {
        assertSameShape(Wire.schema(entry), entry.record());
    }

    @Test
    void the_schema_of_the_envelope_lists_its_components() {
        JsonNode schema = Wire.resource("/schema/envelope.v1.json");

        assertSameShape(schema, Envelope.class);
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_enum_lists_its_values_and_ends_with_other(EventTypes.Entry entry) {
        JsonNode properties = Wire.schema(entry).get("properties");

        for (RecordComponent component : entry.record().getRecordComponents()) {
            if (component.getType().isEnum()) {
                List<String> values = Arrays.stream(component.getType().getEnumConstants())
                        .map(Object::toString)
                        .toList();
                assertThat(texts(properties.get(component.getName()).get("examples")))
                        .isEqualTo(values);
                assertThat(values).endsWith("OTHER");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void a_record_holds_only_ids_kinds_numbers_times_and_codes(EventTypes.Entry entry) {
        for (RecordComponent component : entry.record().getRecordComponents()) {
            Class<?> type = component.getType();
            boolean code = type == String.class
                    && (CODES.contains(component.getName())
                            || CODES.contains(entry.record().getSimpleName() + "." + component.getName()));
            assertThat(Id.class.isAssignableFrom(type)
                            || type.isEnum()
                            || type == int.class
                            || type == long.class
                            || type == Instant.class
                            || code)
                    .as(component.toString())
                    .isTrue();
        }
    }

    private static void assertSameShape(JsonNode schema, Class<?> record) {
        var names = new ArrayList<String>();
        var required = new ArrayList<String>();
        for (RecordComponent component : record.getRecordComponents()) {
            names.add(component.getName());
            if (!component.isAnnotationPresent(MayBeAbsent.class)) {
                required.add(component.getName());
            }
            assertThat(typesOf(schema.get("properties").path(component.getName())))
                    .as(component.getName())
                    .isEqualTo(expectedTypes(component));
        }
        assertThat(schema.get("properties").properties())
                .extracting(property -> property.getKey())
                .containsExactlyElementsOf(names);
        assertThat(texts(schema.get("required"))).containsExactlyElementsOf(required);
        assertThat(schema.get("title").textValue()).isEqualTo(record.getSimpleName());
    }

    private static List<String> expectedTypes(RecordComponent component) {
        Class<?> type = component.getType();
        var expected = new ArrayList<String>();
        if (type == boolean.class) {
            expected.add("boolean");
        } else {
            expected.add(type == int.class || type == long.class ? "integer" : "string");
        }
        if (component.isAnnotationPresent(MayBeAbsent.class)) {
            expected.add("null");
        }
        return expected;
    }

    private static List<String> typesOf(JsonNode property) {
        JsonNode type = property.path("type");
        return type.isArray() ? texts(type) : List.of(type.asText());
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(item -> texts.add(item.textValue()));
        return texts;
    }
}
