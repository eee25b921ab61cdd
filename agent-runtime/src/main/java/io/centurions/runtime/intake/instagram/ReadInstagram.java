package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.intake.Reading;
import io.centurions.runtime.intake.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Meta's body, taken apart into updates. Pure: what is unknown becomes a reason, never an error. */
final class ReadInstagram {

    private final List<Addressed> items = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();

    private ReadInstagram() {}

    /** @throws Unreadable when it is not a body of Instagram's at all */
    static Reading<Addressed> read(JsonNode body) throws Unreadable {
        if (!body.isObject() || !body.path("entry").isArray()) {
            throw new Unreadable("no_entries");
        }
        var reader = new ReadInstagram();
        if (!"instagram".equals(body.path("object").asText())) {
            reader.ignored.add("other_object");
        } else {
            body.path("entry").forEach(reader::entry);
        }
        return new Reading<>(reader.items, reader.ignored);
    }

    /** A body with some of its entries only; shares them with the whole one. */
    static ObjectNode only(JsonNode body, Predicate<JsonNode> wanted) {
        ObjectNode part = JsonNodeFactory.instance.objectNode();
        part.setAll((ObjectNode) body);
        ArrayNode entries = part.putArray("entry");
        body.path("entry").forEach(entry -> {
            if (wanted.test(entry)) {
                entries.add(entry);
            }
        });
        return part;
    }

    private void entry(JsonNode entry) {
        entry.path("messaging").forEach(update -> update(entry, update));
        // Another app controls the thread; it answers.
        entry.path("standby").forEach(update -> ignored.add("standby"));
        entry.path("changes").forEach(change -> change(entry, change));
    }

    // The dashboard's test button sends messages in this shape.
    private void change(JsonNode entry, JsonNode change) {
        if ("messages".equals(change.path("field").asText())) {
            update(entry, change.path("value"));
        } else {
            ignored.add("change_" + known(change.path("field").asText()));
        }
    }

    private void update(JsonNode entry, JsonNode update) {
        String account = entry.path("id").asText();
        boolean echo = update.path("message").path("is_echo").asBoolean();
        String ours = update.path(echo ? "sender" : "recipient").path("id").asText();
        String lead = update.path(echo ? "recipient" : "sender").path("id").asText();
        if (lead.isEmpty()) {
            ignored.add("no_sender");
            return;
        }
        switch (ToIncoming.of(update, lead)) {
            case ToIncoming.Understood(var incoming) ->
                items.add(new Addressed(
                        entry, account.equals(ours) ? List.of(account) : List.of(account, ours), incoming));
            case ToIncoming.LeftOut(String reason) -> ignored.add(reason);
        }
    }

    // Only names that we know become a counter's label: anything else could be anything.
    private static String known(String field) {
        return switch (field) {
            case "comments", "live_comments", "mentions", "story_insights" -> field;
            default -> "other";
        };
    }
}
