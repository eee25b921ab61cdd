package io.centurions.sandbox.phone;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Every bubble that reached any telephone, in the order of arrival: for one who follows hundreds of chats at once. */
public final class Arrivals {

    private final List<JsonObject> all = new ArrayList<>();

    void add(String channel, String instance, String from, ChatMessage bubble) {
        all.add(bubble.arrival()
                .put("channel", channel)
                .put("instance", instance)
                .put("from", from));
    }

    /** @param seen how many the caller knows already; the answer's {@code next} is what to ask with the next time */
    JsonObject after(int seen) {
        JsonArray fresh = new JsonArray();
        all.subList(Math.min(seen, all.size()), all.size()).forEach(fresh::add);
        return new JsonObject().put("items", fresh).put("next", all.size());
    }
}
