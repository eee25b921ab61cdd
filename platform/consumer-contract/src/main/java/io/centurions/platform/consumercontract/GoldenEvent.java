package io.centurions.platform.consumercontract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.contracts.Envelope;
import io.centurions.contracts.Event;
import io.centurions.contracts.EventTypes;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.tenancy.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A golden event, as it lies in a stream, made to speak of what a test arranged. Immutable; each change is a copy. It
 * occurs now and has an id of its own, everything else is the golden file's until it is changed.
 */
public final class GoldenEvent {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEWER_VALUE = "A_VALUE_OF_A_NEWER_RELEASE";

    private final ObjectNode envelope;
    private final ObjectNode payload;

    private GoldenEvent(ObjectNode envelope, ObjectNode payload) {
        this.envelope = envelope;
        this.payload = payload;
    }

    /** The newest version of a type, of a company. */
    public static GoldenEvent of(String type, CompanyId company) {
        int version = EventTypes.all().stream()
                .filter(entry -> entry.type().equals(type))
                .mapToInt(EventTypes.Entry::version)
                .max()
                .orElseThrow(() -> new IllegalArgumentException("no such event type: " + type));
        JsonNode golden = read("golden/" + type + ".v" + version + ".json");
        return new GoldenEvent((ObjectNode) golden.get("envelope"), (ObjectNode) golden.get("payload"))
                .enveloped("company", company.toString())
                .occurred(Instant.now())
                .anew();
    }

    /** The same fact under another event id, as when a service tells it once more. */
    public GoldenEvent anew() {
        return enveloped("id", UUID.randomUUID().toString());
    }

    /** Another value of a field of the payload; where the field was the subject, the subject goes with it. */
    public GoldenEvent telling(String field, Object value) {
        if (!payload.has(field)) {
            throw new IllegalArgumentException(type() + " has no field " + field);
        }
        boolean subject = envelope.get("subject").equals(payload.get(field));
        GoldenEvent changed = copy(p -> p.putPOJO(field, null), UnaryOperator.identity());
        JsonNode text = value instanceof Number || value == null
                ? JSON.valueToTree(value)
                : JSON.getNodeFactory().textNode(value.toString());
        changed.payload.set(field, text);
        return subject ? changed.enveloped("subject", value.toString()) : changed;
    }

    public GoldenEvent occurred(Instant at) {
        return enveloped("occurredAt", at.toString());
    }

    /** Its place among the events of its subject. */
    public GoldenEvent numbered(long seq) {
        return copy(p -> p.has("seq") ? p.put("seq", seq) : p, e -> e.put("seq", seq));
    }

    /** As a release would write it that has moved on: a version that nobody here knows. */
    public GoldenEvent inANewerVersion() {
        return copy(
                p -> p.removeAll().put("whatThisMeans", "only the newer release knows"),
                e -> e.put("version", e.get("version").intValue() + 1));
    }

    /** As a newer release of the same version would write it: fields that we do not know, also in the envelope. */
    public GoldenEvent withUnknownFields() {
        return copy(GoldenEvent::unknownField, GoldenEvent::unknownField);
    }

    /**
     * With a value that we do not know in each field that has a list of values.
     *
     * @throws IllegalArgumentException when there is no such field: the event would be told unchanged
     */
    public GoldenEvent withUnknownValues() {
        if (!hasValues(type())) {
            throw new IllegalArgumentException(type() + " has no field with a list of values");
        }
        return copy(
                p -> {
                    enumFields(type()).forEach(field -> p.put(field, NEWER_VALUE));
                    return p;
                },
                UnaryOperator.identity());
    }

    /** Whether a type has a field with a list of values. */
    public static boolean hasValues(String type) {
        return enumFields(type).findAny().isPresent();
    }

    public String type() {
        return envelope.get("type").textValue();
    }

    public UUID id() {
        return UUID.fromString(envelope.get("id").textValue());
    }

    String envelopeJson() {
        return envelope.toString();
    }

    String payloadJson() {
        return payload.toString();
    }

    Envelope envelope() {
        return EventJson.read(envelopeJson(), Envelope.class);
    }

    <E extends Event> E as(Class<E> record) {
        return EventJson.read(payloadJson(), record);
    }

    /** As the loop hands it to its consumer, without the stream. */
    <E extends Event> Outcome handledBy(WorkConsumer<E> consumer) {
        var trace = new Trace(envelope().correlationId(), id(), envelope().traceparent());
        return Trace.call(trace, () -> consumer.handle(new Received<>(envelope(), as(consumer.event()))));
    }

    private GoldenEvent enveloped(String field, String value) {
        return copy(UnaryOperator.identity(), e -> e.put(field, value));
    }

    private GoldenEvent copy(UnaryOperator<ObjectNode> ofPayload, UnaryOperator<ObjectNode> ofEnvelope) {
        return new GoldenEvent(ofEnvelope.apply(envelope.deepCopy()), ofPayload.apply(payload.deepCopy()));
    }

    private static ObjectNode unknownField(ObjectNode node) {
        node.put("fieldOfANewerRelease", "x")
                .putObject("another")
                .putArray("deep")
                .add(1);
        return node;
    }

    private static Stream<String> enumFields(String type) {
        Class<? extends Event> record = EventTypes.all().stream()
                .filter(entry -> entry.type().equals(type))
                .reduce((older, newer) -> newer)
                .orElseThrow()
                .record();
        return Arrays.stream(record.getRecordComponents())
                .filter(component -> component.getType().isEnum())
                .map(component -> component.getName());
    }

    private static JsonNode read(String file) {
        try (var in = EventTypes.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file);
            }
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
