package io.centurions.contracts;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.centurions.contracts.id.Id;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;

/** Reads and writes the wire as the services do, and finds its files. */
final class Wire {

    static final ObjectMapper JSON = mapper();

    private Wire() {}

    static JsonNode golden(EventTypes.Entry entry) {
        return resource("/golden/" + entry.type() + ".v" + entry.version() + ".json");
    }

    static JsonNode schema(EventTypes.Entry entry) {
        return resource("/schema/" + entry.type() + ".v" + entry.version() + ".json");
    }

    static JsonNode resource(String path) {
        try (var in = Wire.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + path);
            }
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + path, e);
        }
    }

    static Event event(EventTypes.Entry entry, JsonNode payload) {
        return JSON.convertValue(payload, entry.record());
    }

    private static ObjectMapper mapper() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(ids())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .addHandler(new UnknownIsOther())
                .build();
    }

    private static SimpleModule ids() {
        var module = new SimpleModule();
        module.addSerializer(Id.class, new JsonSerializer<>() {
            @Override
            public void serialize(Id id, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(id.value().toString());
            }
        });
        idTypes().forEach(type -> register(module, type));
        return module;
    }

    private static <T> void register(SimpleModule module, Class<T> type) {
        module.addDeserializer(type, new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                try {
                    return type.cast(type.getMethod("parse", String.class).invoke(null, in.getText()));
                } catch (ReflectiveOperationException e) {
                    throw new IOException("not a " + type.getSimpleName(), e);
                }
            }
        });
    }

    private static Stream<Class<?>> idTypes() {
        return Stream.concat(EventTypes.all().stream().map(EventTypes.Entry::record), Stream.of(Envelope.class))
                .flatMap(record -> Arrays.stream(record.getRecordComponents()))
                .<Class<?>>map(RecordComponent::getType)
                .filter(Id.class::isAssignableFrom)
                .distinct();
    }

    private static final class UnknownIsOther extends DeserializationProblemHandler {

        @Override
        public Object handleWeirdStringValue(
                DeserializationContext context, Class<?> target, String value, String failure) {
            if (!target.isEnum()) {
                return NOT_HANDLED;
            }
            return Arrays.stream(target.getEnumConstants())
                    .filter(constant -> constant.toString().equals("OTHER"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
