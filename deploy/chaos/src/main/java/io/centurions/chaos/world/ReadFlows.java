package io.centurions.chaos.world;

import io.centurions.chaos.judge.Fact;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads what followed from what in this run's companies, and when. Events count from their commit, words from the last of their burst,
 * bubbles from the moment at which their pace lets them leave.
 */
public final class ReadFlows {

    private static final String FLOWS = """
            -- What a person had meanwhile is the machine's from the return on.
            SELECT 'last word to turn' AS flow, t.id::text AS subject, greatest(m.created_at, (
                       SELECT max(k.returned_at) FROM core.takeovers k
                        WHERE k.company_id = t.company_id AND k.conversation_id = t.conversation_id
                          AND k.returned_at <= t.committed_at)) AS at, t.committed_at AS whole
              FROM core.turns t
              JOIN core.messages m ON m.company_id = t.company_id AND m.conversation_id = t.conversation_id
               AND m.direction = 'in' AND m.seq = t.to_seq
             WHERE t.origin = 'burst' AND t.purpose IN ('answer', 'handover') AND t.outcome IS NOT NULL AND t.company_id IN (%1$s)
            UNION ALL
            SELECT 'last word to turn', 'conversation ' || c.id, greatest(m.created_at, (
                       SELECT max(k.returned_at) FROM core.takeovers k
                        WHERE k.company_id = c.company_id AND k.conversation_id = c.id)), NULL
              FROM core.conversations c
              JOIN core.messages m ON m.company_id = c.company_id AND m.conversation_id = c.id
               AND m.direction = 'in' AND m.seq = c.inbound_seq
             WHERE c.inbound_seq > c.answered_seq AND c.state = 'ai' AND c.company_id IN (%1$s)
            UNION ALL
            SELECT 'lead to conversion', l.id::text, l.created_at, min(e.created_at)
              FROM core.leads l
              LEFT JOIN core.marketing_events e ON e.company_id = l.company_id AND e.lead_id = l.id AND e.milestone = 'lead'
             WHERE l.company_id IN (%1$s)
             GROUP BY l.id
            UNION ALL
            SELECT 'qualified to deal', o.payload ->> 'lead', min(o.created_at), min(d.created_at)
              FROM core.outbox_runtime o
              LEFT JOIN core.deals_index d ON d.company_id = o.company_id AND d.core_lead_id = (o.payload ->> 'lead')::uuid
             WHERE o.type = 'lead.qualified' AND o.company_id IN (%1$s)
             GROUP BY o.payload ->> 'lead'
            UNION ALL
            SELECT 'qualified to conversion', o.payload ->> 'lead', min(o.created_at), min(e.created_at)
              FROM core.outbox_runtime o
              LEFT JOIN core.marketing_events e ON e.company_id = o.company_id AND e.lead_id = (o.payload ->> 'lead')::uuid
               AND e.milestone = 'qualified'
             WHERE o.type = 'lead.qualified' AND o.company_id IN (%1$s)
             GROUP BY o.payload ->> 'lead'
            UNION ALL
            SELECT 'signed to won', o.payload ->> 'deal', min(o.created_at), min(d.first_won_at)
              FROM core.outbox_autentique o
              LEFT JOIN core.deals_index d ON d.company_id = o.company_id AND d.deal_id = (o.payload ->> 'deal')::uuid
             WHERE o.type = 'contract.signed' AND o.company_id IN (%1$s)
             GROUP BY o.payload ->> 'deal'
            UNION ALL
            SELECT 'signed to purchase', o.payload ->> 'deal', min(o.created_at), min(e.created_at)
              FROM core.outbox_autentique o
              LEFT JOIN core.marketing_events e ON e.company_id = o.company_id AND e.deal_id = (o.payload ->> 'deal')::uuid
               AND e.milestone = 'purchase'
             WHERE o.type = 'contract.signed' AND o.company_id IN (%1$s)
             GROUP BY o.payload ->> 'deal'
            UNION ALL
            SELECT 'signed to told', o.payload ->> 'contract', min(o.created_at), min(t.committed_at)
              FROM core.outbox_autentique o
              LEFT JOIN core.turns t ON t.company_id = o.company_id AND t.origin = 'contract'
               AND t.origin_id = (o.payload ->> 'contract') || ':signed'
             WHERE o.type = 'contract.signed' AND o.company_id IN (%1$s)
             GROUP BY o.payload ->> 'contract'
            UNION ALL
            -- Who writes before being greeted is answered instead; whom nobody can reach is not greeted.
            SELECT 'form to greeting', s.id::text, s.created_at, least(min(t.committed_at), min(m.created_at))
              FROM core.form_submissions s
              LEFT JOIN core.turns t ON t.company_id = s.company_id AND t.origin = 'form' AND t.origin_id = s.id::text
              LEFT JOIN core.conversations c ON c.company_id = s.company_id AND c.lead_id = s.lead_id
              LEFT JOIN core.messages m ON m.company_id = c.company_id AND m.conversation_id = c.id AND m.direction = 'in'
               AND m.created_at >= s.created_at
             WHERE s.announced AND starts_with(s.person, 'phone:') AND s.company_id IN (%1$s)
             GROUP BY s.id, s.created_at
            UNION ALL
            -- What is dropped leaves its moment in the event alone, and what is found late has a later one in its row.
            SELECT 'due to sent or dropped', b.id::text, b.due, coalesce(e.ended, b.sent_at)
              FROM (SELECT m.company_id, m.id, m.sent_at,
                           m.created_at + sum(m.pace_ms) OVER (PARTITION BY m.company_id, m.reply_id ORDER BY m.position)
                                          * interval '1 ms' AS due
                      FROM core.messages m
                     WHERE m.author = 'machine' AND m.company_id IN (%1$s)) b
              LEFT JOIN (SELECT o.company_id, o.payload ->> 'message' AS message, min(o.created_at) AS ended
                           FROM (SELECT company_id, type, payload, created_at FROM core.outbox_runtime
                                  UNION ALL
                                 SELECT company_id, type, payload, created_at FROM core.outbox_evolution) o
                          WHERE o.type = 'message.sent' AND o.company_id IN (%1$s)
                          GROUP BY o.company_id, o.payload ->> 'message') e
                ON e.company_id = b.company_id AND e.message = b.id::text
            """;

    private final Database database;
    private final String flows;

    public ReadFlows(Database database, List<Company> companies) {
        this.database = database;
        this.flows = FLOWS.formatted(
                companies.stream().map(company -> "'" + company.id() + "'").collect(Collectors.joining(",")));
    }

    public List<Fact> read() throws SQLException {
        return database.rows(flows).stream().map(ReadFlows::fact).toList();
    }

    /** How many have not yet come to their end. */
    public long open() throws SQLException {
        return database.count("SELECT count(*) FROM (" + flows + ") f WHERE f.whole IS NULL");
    }

    private static Fact fact(Map<String, Object> row) {
        return new Fact(
                row.get("flow").toString(),
                row.get("subject").toString(),
                instant(row.get("at")),
                instant(row.get("whole")));
    }

    private static Instant instant(Object value) {
        return value == null ? null : ((Timestamp) value).toInstant();
    }
}
