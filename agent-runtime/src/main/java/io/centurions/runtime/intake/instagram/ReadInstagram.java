package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.platform.webhooks.WebhookJson;
import io.centurions.runtime.intake.Unreadable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Meta's body, taken apart into updates. Pure: what is unknown is left out or strange, for a reason, never an error. */
final class ReadInstagram {

    private static final String MESSAGING = "messaging";

    // Where the dashboard's test button puts its messages.
    private static final String CHANGES = "changes";

    // Another app controls the thread; it answers.
    private static final String STANDBY = "standby";

    private static final Set<String> LISTS = Set.of(MESSAGING, CHANGES, STANDBY);

    private final List<Addressed> items = new ArrayList<>();
    private final List<Strange> strange = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();

    private ReadInstagram() {}

    /** @throws Unreadable when it is not a body of Instagram's at all */
    static Post read(ObjectMapper json, byte[] body) throws Unreadable {
        return read(parse(json, body));
    }

    static JsonNode parse(ObjectMapper json, byte[] body) throws Unreadable {
        try {
            return WebhookJson.read(json, body);
        } catch (IOException broken) {
            throw new Unreadable("not_json");
        }
    }

    static Post read(JsonNode body) throws Unreadable {
        if (!body.isObject() || !body.path("entry").isArray()) {
            throw new Unreadable("no_entries");
        }
        if (!body.path("object").isTextual()) {
            throw new Unreadable("no_object");
        }
        var reader = new ReadInstagram();
        if (!"instagram".equals(body.path("object").asText())) {
            reader.ignored.add("other_object");
        } else {
            body.path("entry").forEach(reader::entry);
        }
        return new Post(reader.items, reader.strange, reader.ignored);
    }

    /**
     * A body that says these updates alone. The same updates make the same body, in whatever company and
     * however often they come; so the time at which Meta sent the whole one is not in it.
     */
    static JsonNode only(List<? extends Update> updates) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("object", "instagram");
        var entries = body.putArray("entry");
        updates.forEach(each -> entries.addObject()
                .put("id", each.entry())
                .putArray(each.list())
                .add(each.update()));
        return body;
    }

    /** Takes out of a body what was read from it: these very updates. */
    static void takeOut(JsonNode body, List<? extends Update> updates) {
        Set<JsonNode> read = Collections.newSetFromMap(new IdentityHashMap<>());
        updates.forEach(each -> read.add(each.update()));
        for (JsonNode entry : body.path("entry")) {
            for (JsonNode list : entry) {
                Iterator<JsonNode> all = list.elements();
                while (all.hasNext()) {
                    if (read.contains(all.next())) {
                        all.remove();
                    }
                }
            }
        }
    }

    private void entry(JsonNode entry) {
        entry.path(MESSAGING).forEach(update -> update(entry, MESSAGING, update, update));
        entry.path(STANDBY).forEach(update -> ignored.add(STANDBY));
        entry.path(CHANGES).forEach(change -> change(entry, change));
        for (Map.Entry<String, JsonNode> list : entry.properties()) {
            if (list.getValue().isArray() && !LISTS.contains(list.getKey())) {
                list.getValue().forEach(update -> strange(entry, list.getKey(), update));
            }
        }
    }

    private void strange(JsonNode entry, String list, JsonNode update) {
        strange.add(new Strange(
                entry.path("id").asText(), list, update, accounts(entry, update.path("recipient")), "unknown_list"));
    }

    private void change(JsonNode entry, JsonNode change) {
        if ("messages".equals(change.path("field").asText())) {
            update(entry, CHANGES, change, change.path("value"));
        } else {
            ignored.add("change_" + known(change.path("field").asText()));
        }
    }

    private void update(JsonNode entry, String list, JsonNode whole, JsonNode update) {
        String account = entry.path("id").asText();
        boolean echo = update.path("message").path("is_echo").asBoolean();
        String lead = update.path(echo ? "recipient" : "sender").path("id").asText();
        List<String> accounts = accounts(entry, update.path(echo ? "sender" : "recipient"));
        switch (ToIncoming.of(update, lead)) {
            case ToIncoming.Understood(var incoming) ->
                items.add(new Addressed(account, list, whole, accounts, incoming));
            case ToIncoming.NotUnderstood(String reason) ->
                strange.add(new Strange(account, list, whole, accounts, reason));
            case ToIncoming.LeftOut(String reason) -> ignored.add(reason);
        }
    }

    private static List<String> accounts(JsonNode entry, JsonNode ours) {
        return Stream.of(entry.path("id").asText(), ours.path("id").asText())
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    // Only names that we know become a counter's label: anything else could be anything.
    private static String known(String field) {
        return switch (field) {
            case "comments", "live_comments", "mentions", "story_insights" -> field;
            default -> "other";
        };
    }
}
