package io.centurions.sandbox.telegram;

import io.centurions.sandbox.wire.StateFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** All bots by id; webhooks and known chats survive a restart. */
final class Bots {

    private static final String SECTION = "telegram";
    private static final String TOKEN = "\\d{1,12}:[\\w-]+";

    private final Map<String, Bot> byId = new LinkedHashMap<>();
    private final StateFile state;

    Bots(StateFile state) {
        this.state = state;
        state.read(SECTION)
                .map(section -> section.getJsonArray("bots"))
                .ifPresent(rows -> rows.forEach(row -> {
                    Bot bot = Bot.remembered((JsonObject) row);
                    byId.put(bot.id(), bot);
                }));
    }

    /** Every well-formed token is a bot; a second token for the same bot is refused, as only one is valid at a time. */
    Optional<Bot> ofToken(String token) {
        if (token == null || !token.matches(TOKEN)) {
            return Optional.empty();
        }
        Bot fresh = Bot.fresh(token);
        Bot known = byId.get(fresh.id());
        if (known == null) {
            byId.put(fresh.id(), fresh);
            changed();
            return Optional.of(fresh);
        }
        return Optional.of(known).filter(bot -> bot.token().equals(token));
    }

    Optional<Bot> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Collection<Bot> all() {
        return byId.values();
    }

    void changed() {
        JsonArray rows = new JsonArray();
        byId.values().forEach(bot -> rows.add(bot.toRemember()));
        state.write(SECTION, new JsonObject().put("bots", rows));
    }
}
