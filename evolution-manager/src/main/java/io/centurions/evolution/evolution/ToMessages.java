package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Reads a webhook of the Evolution server: each event of its contract becomes items for the intake, a report about the instance,
 * an ignore with a reason, or something about a message that is not understood. Pure; never fails on a field that is missing or of
 * another type, because versions differ.
 *
 * <p>What is no webhook of this server at all is refused with {@link Unreadable}.
 */
public final class ToMessages {

    /** A genuine body that is not shaped like a webhook: to be kept for a person, not dropped. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }

    private static final Set<String> PASSING = Set.of(
            "qrcode.updated",
            "connection.update",
            "status.instance",
            "logout.instance",
            "remove.instance",
            "instance.delete",
            "presence.update");

    private static final Set<String> OF_MESSAGES = Set.of(
            "messages.upsert",
            "send.message",
            "messages.update",
            "send.message.update",
            "messages.edited",
            "messages.delete");

    private ToMessages() {}

    /**
     * @param instance   the address it came to
     * @param receivedAt stands in for a time that the server did not give
     * @throws Unreadable when there is no event or no instance in it
     */
    public static Notice read(UUID instance, JsonNode body, Instant receivedAt) {
        String event = Wire.text(body.path("event"));
        String name = Wire.text(body.path("instance"));
        if (event == null || name == null) {
            throw new Unreadable("no event or no instance in the envelope");
        }
        Arrival arrival = new Arrival(instance, receivedAt, body);
        String dotted = event.toLowerCase(java.util.Locale.ROOT).replace('_', '.');
        JsonNode data = body.path("data");
        List<Reading> readings = new ArrayList<>();
        // Lists are sent by some versions and events where others send one by one.
        for (JsonNode entry : data.isArray() ? data : List.of(data)) {
            boolean shapeless = OF_MESSAGES.contains(dotted) && !entry.isObject();
            readings.add(shapeless ? new Reading.NotUnderstood("no_data") : reading(dotted, entry, arrival));
        }
        return new Notice(name, List.copyOf(readings), PASSING.contains(dotted));
    }

    private static Reading reading(String event, JsonNode entry, Arrival arrival) {
        return switch (event) {
            case "messages.upsert" -> ReadMessage.upserted(entry, arrival);
            case "send.message" -> ReadMessage.sentByServer(entry, arrival);
            case "messages.update", "send.message.update" -> ReadMark.status(entry, arrival);
            case "messages.edited" -> ReadMark.protocol(entry, arrival);
            case "messages.delete" -> ReadMark.deleted(entry, arrival);
            case "presence.update" -> ReadMark.presence(entry, arrival);
            case "qrcode.updated" -> ReadConnection.qr(entry, arrival);
            case "connection.update" -> ReadConnection.update(entry, arrival);
            case "status.instance" -> ReadConnection.closed(entry, arrival);
            case "logout.instance" -> ReadConnection.loggedOut(arrival);
            case "remove.instance", "instance.delete" -> ReadConnection.removed(arrival);
            case "messages.set", "contacts.set", "chats.set" -> new Reading.Ignored("history");
            case "contacts.upsert",
                    "contacts.update",
                    "chats.upsert",
                    "chats.update",
                    "chats.delete",
                    "groups.upsert",
                    "group.update",
                    "groups.update",
                    "group.participants.update",
                    "labels.edit",
                    "labels.association",
                    "call",
                    "application.startup",
                    "instance.create",
                    "typebot.start",
                    "typebot.change.status" -> new Reading.Ignored("not_needed");
            default ->
                speaksOfMessages(entry)
                        ? new Reading.NotUnderstood("unknown_event")
                        : new Reading.Ignored("unknown_event");
        };
    }

    // Only what a message has stands in them; they may hold what a lead wrote.
    private static boolean speaksOfMessages(JsonNode entry) {
        return entry.has("key") || entry.has("message") || entry.has("messages");
    }
}
