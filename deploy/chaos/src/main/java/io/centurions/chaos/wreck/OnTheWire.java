package io.centurions.chaos.wreck;

import io.centurions.chaos.world.Database;
import io.centurions.local.store.EmbeddedPostgres;
import java.sql.SQLException;
import java.util.function.Consumer;

/** Counts the sends to leads that end without an answer that anybody sees when a process is hit now. */
final class OnTheWire {

    private final Database database;
    private final Consumer<String> say;

    OnTheWire(Database database, Consumer<String> say) {
        this.database = database;
        this.say = say;
    }

    /** Of all replicas of a gateway, as no row says which of them sends; 0, and said so, where they cannot be counted. */
    long of(String process) {
        String channels = process.startsWith("agent-runtime")
                ? "'instagram', 'telegram'"
                : process.startsWith("evolution-manager") ? "'whatsapp'" : "'instagram', 'telegram', 'whatsapp'";
        boolean sends = process.startsWith("agent-runtime")
                || process.startsWith("evolution-manager")
                || process.equals(EmbeddedPostgres.NAME);
        try {
            return sends
                    ? database.count(
                            "SELECT count(*) FROM core.messages m JOIN core.conversations c ON c.company_id = m.company_id"
                                    + " AND c.id = m.conversation_id WHERE m.status = 'sending' AND m.call_fence <> 0 AND c.channel IN ("
                                    + channels + ")")
                    : 0;
        } catch (SQLException e) {
            say.accept("the calls on the wire could not be counted before " + process + " was hit: " + e.getMessage());
            return 0;
        }
    }
}
