package io.centurions.platform.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.webhooks.KeptWebhook;
import io.centurions.platform.webhooks.RebuildWindow.Restored;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes what a kept webhook says again, where it is missing: the projections alone, through a function whose owner can write no outbox.
 * Repeated, it changes nothing.
 */
@ApplicationScoped
public class RestoreItems {

    private final Database database;
    private final ObjectMapper json;
    private final String statement;

    RestoreItems(Database database, ObjectMapper json, IntakeConfig config) {
        this.database = database;
        this.json = json;
        this.statement = "SELECT (%s($1::text::jsonb))::text AS account".formatted(config.rebuildFunction());
    }

    /** One webhook in a transaction of its own, so that one that cannot be restored takes no other with it. */
    public Restored restore(KeptWebhook kept, List<String> items) {
        if (items.isEmpty()) {
            return Restored.of(0, 0);
        }
        String received = "{\"received_at\":\"" + kept.receivedAt() + "\",";
        String batch =
                items.stream().map(item -> received + item.substring(1)).collect(Collectors.joining(",", "[", "]"));
        return Tries.of(
                () -> account(database.call(statement, batch).getFirst().getString("account")), Restored.UNREADABLE);
    }

    private Restored account(String account) {
        try {
            JsonNode counted = json.readTree(account);
            return Restored.of(
                    counted.path("restored").asInt(), counted.path("unchanged").asInt());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the rebuilding function answered something that is not JSON", impossible);
        }
    }
}
