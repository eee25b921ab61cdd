package io.centurions.runtime.reply;

import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Reads conversations as their company. */
@ApplicationScoped
public class ConversationRepository {

    private static final String COLUMNS =
            "id, lead_id, instance_id, channel, state, inbound_seq, answered_seq, fence, epoch, burst_started_at";

    public Optional<Conversation> find(Tx tx, ConversationId id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.conversations WHERE company_id = $1 AND id = $2",
                        tx.company().value(),
                        id.value())
                .map(row -> Conversation.of(tx.company(), row));
    }

    /** As {@link #find}; empty as well while the company is not active. */
    public Optional<Conversation> findOfActiveCompany(Tx tx, ConversationId id) {
        return tx.first("SELECT " + COLUMNS + """
                         FROM core.conversations
                        WHERE company_id = $1 AND id = $2
                          AND EXISTS (SELECT FROM core.companies k WHERE k.id = $1 AND k.status = 'active')
                        """, tx.company().value(), id.value())
                .map(row -> Conversation.of(tx.company(), row));
    }

    /** As {@link #find}, locked until the transaction ends, so that no takeover commits in between. */
    public Optional<Conversation> lock(Tx tx, ConversationId id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.conversations WHERE company_id = $1 AND id = $2 FOR UPDATE",
                        tx.company().value(),
                        id.value())
                .map(row -> Conversation.of(tx.company(), row));
    }

    /** Where we last heard of a lead, or else where we first wrote to it. */
    public Optional<Conversation> latestOf(Tx tx, LeadId lead) {
        return tx.first("SELECT " + COLUMNS + """
                         FROM core.conversations
                        WHERE company_id = $1 AND lead_id = $2 AND state <> 'closed'
                        ORDER BY coalesce(last_inbound_at, created_at) DESC
                        LIMIT 1
                        """, tx.company().value(), lead.value())
                .map(row -> Conversation.of(tx.company(), row));
    }
}
