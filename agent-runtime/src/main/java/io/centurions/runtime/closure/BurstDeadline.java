package io.centurions.runtime.closure;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Sets an alarm for the moment at which a burst is over, as its row tells. */
@ApplicationScoped
public class BurstDeadline {

    private static final String LEFT = """
            SELECT greatest(0, ceil(extract(epoch FROM turn_due_at - clock_timestamp()) * 1000))::bigint AS left_ms
              FROM core.conversations
             WHERE company_id = $1 AND id = $2 AND turn_due_at IS NOT NULL
            """;

    private final Database database;
    private final DueTurns dueTurns;

    BurstDeadline(Database database, DueTurns dueTurns) {
        this.database = database;
        this.dueTurns = dueTurns;
    }

    /** Nothing happens for a burst that is answered already. */
    public void watch(CompanyId company, ConversationId conversation) {
        database.onceAsCompany(company, LEFT, company.value(), conversation.value()).stream()
                .findFirst()
                .ifPresent(row -> dueTurns.wakeIn(Duration.ofMillis(row.getLong("left_ms"))));
    }
}
