package io.centurions.sandbox.meta;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events as Meta counts them: the first of a dataset, name and id counts, the rest are repeats. */
final class ReceivedEvents {

    private record Key(String dataset, String name, String id) {}

    private final Map<Key, JsonObject> byKey = new LinkedHashMap<>();

    void add(String dataset, JsonObject event, String testCode) {
        String id = String.valueOf(event.getValue("event_id"));
        JsonObject row = byKey.computeIfAbsent(
                new Key(dataset, event.getString("event_name"), id),
                key -> new JsonObject()
                        .put("dataset", dataset)
                        .put("eventName", key.name())
                        .put("eventId", id)
                        .put("count", 0)
                        .put("testEventCode", testCode)
                        .put("receivedAt", Instant.now().toString())
                        .put("event", event));
        row.put("count", row.getInteger("count") + 1);
    }

    JsonArray list(String dataset) {
        JsonArray rows = new JsonArray();
        byKey.values().stream()
                .filter(row -> dataset == null || dataset.equals(row.getString("dataset")))
                .forEach(rows::add);
        return rows;
    }

    void clear() {
        byKey.clear();
    }
}
