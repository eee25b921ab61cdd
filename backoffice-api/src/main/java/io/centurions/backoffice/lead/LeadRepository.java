package io.centurions.backoffice.lead;

import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads leads, conversations and messages, which belong to the conversation slice. */
@ApplicationScoped
class LeadRepository {

    private static final String COLUMNS =
            "id, company_id, name, phone, email, source, stage, score, over_plan_at, created_at, updated_at";

    private static final String PAGE = """
            SELECT %s
              FROM core.leads
             WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid) AND ($3::text IS NULL OR stage = $3::text)
             ORDER BY id DESC
             LIMIT $4
            """.formatted(COLUMNS);

    private static final String PAGE_OVER_PLAN = PAGE.replace("WHERE ", "WHERE id IN (" + LeadsWaiting.IDS + ") AND ");

    private static final String ONE = """
            SELECT %s, attribution::text AS attribution,
                   (SELECT s.evidence::text
                      FROM core.lead_scores s
                     WHERE s.company_id = l.company_id AND s.lead_id = l.id
                     ORDER BY s.created_at DESC
                     LIMIT 1) AS evidence
              FROM core.leads l
             WHERE company_id = $1 AND id = $2
            """.formatted(COLUMNS);

    private static final String CONVERSATIONS = """
            SELECT id, channel, state, held_for, instance_id, inbound_seq, answered_seq, last_inbound_at
              FROM core.conversations
             WHERE company_id = $1 AND lead_id = $2
             ORDER BY id DESC
             LIMIT 50
            """;

    // Ids alone do not tell the order within a millisecond, as bubbles of one reply are stored.
    private static final String MESSAGES = """
            SELECT id, direction, author, seq, reply_id, position, purpose, kind, text, transcript, status, failure,
                   sent_at, written_at, created_at
              FROM core.messages
             WHERE company_id = $1 AND conversation_id = $2
               AND ($3::uuid IS NULL OR (created_at, coalesce(seq, 0), coalesce(position, 0), id) > (
                    SELECT m.created_at, coalesce(m.seq, 0), coalesce(m.position, 0), m.id
                      FROM core.messages m
                     WHERE m.company_id = $1 AND m.conversation_id = $2 AND m.id = $3::uuid))
             ORDER BY created_at, coalesce(seq, 0), coalesce(position, 0), id
             LIMIT $4
            """;

    private static final String CONVERSATION = "SELECT state FROM core.conversations WHERE company_id = $1 AND id = $2";

    // As core.take_over_v1 counts. A call_fence of 0 is nobody's: a repeat that waits. Served by
    // messages_open_bubbles_idx.
    private static final String IN_FLIGHT = """
            SELECT count(*)::int AS calls
              FROM core.messages
             WHERE company_id = $1 AND conversation_id = $2 AND status = 'sending' AND call_fence <> 0
            """;

    List<LeadView> page(Tx tx, UUID after, String stage, int limit) {
        return page(tx, PAGE, after, stage, limit);
    }

    List<LeadView> pageOverPlan(Tx tx, UUID after, String stage, int limit) {
        return page(tx, PAGE_OVER_PLAN, after, stage, limit);
    }

    private static List<LeadView> page(Tx tx, String sql, UUID after, String stage, int limit) {
        return tx.query(sql, tx.company().value(), after, stage, limit).stream()
                .map(LeadView::of)
                .toList();
    }

    Optional<LeadDetail> find(Tx tx, UUID id) {
        return tx.first(ONE, tx.company().value(), id)
                .map(row -> new LeadDetail(
                        LeadView.of(row),
                        row.getString("attribution"),
                        row.getString("evidence"),
                        conversations(tx, id)));
    }

    boolean hasConversation(Tx tx, UUID id) {
        return state(tx, id).isPresent();
    }

    /** Who has the conversation; empty when this company has none of the kind. */
    Optional<String> state(Tx tx, UUID conversation) {
        return tx.first(CONVERSATION, tx.company().value(), conversation).map(row -> row.getString("state"));
    }

    /** Calls of the machine to a provider that have begun and whose end is not known yet. */
    int callsInFlight(Tx tx, UUID conversation) {
        return tx.first(IN_FLIGHT, tx.company().value(), conversation)
                .orElseThrow()
                .getInteger("calls");
    }

    List<MessageView> messages(Tx tx, UUID conversation, UUID after, int limit) {
        return tx.query(MESSAGES, tx.company().value(), conversation, after, limit).stream()
                .map(MessageView::of)
                .toList();
    }

    private List<LeadDetail.ConversationView> conversations(Tx tx, UUID lead) {
        return tx.query(CONVERSATIONS, tx.company().value(), lead).stream()
                .map(LeadDetail.ConversationView::of)
                .toList();
    }
}
