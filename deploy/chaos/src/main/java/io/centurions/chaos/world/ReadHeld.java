package io.centurions.chaos.world;

import io.centurions.chaos.judge.ChatKey;
import io.centurions.chaos.judge.Held;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads what the database holds of this run's companies into the shape that is judged. */
public final class ReadHeld {

    private static final String CONVERSATIONS = """
            SELECT c.id::text, c.channel, i.external_id, regexp_replace(c.chat_ref, '@.*|\\D', '', 'g') AS lead_end,
                   c.lead_id::text, c.state, c.inbound_seq
              FROM core.conversations c JOIN core.channel_instances i ON i.company_id = c.company_id AND i.id = c.instance_id
             WHERE c.company_id IN (%s)
            """;

    private static final String INBOUND = """
            SELECT conversation_id::text, seq, text FROM core.messages
             WHERE direction = 'in' AND company_id IN (%s) ORDER BY seq
            """;

    // Without the answers that a takeover dropped before anybody heard them.
    private static final String TURNS = """
            SELECT conversation_id::text, id::text, origin, purpose, coalesce(from_seq, 0) AS from_seq, coalesce(to_seq, 0) AS to_seq
              FROM core.turns
             WHERE company_id IN (%s) AND outcome IS NOT NULL AND origin_id NOT LIKE '%%:unheard:%%' ORDER BY started_at
            """;

    // Replies in the order in which they were planned, bubbles in their order within.
    private static final String BUBBLES = """
            SELECT conversation_id::text, id::text, author, coalesce(reply_id, id)::text AS reply_id, turn_id::text, text, status,
                   failure, attempts, called_at, call_deadline
              FROM core.messages
             WHERE direction = 'out' AND company_id IN (%s)
             ORDER BY conversation_id, min(created_at) OVER (PARTITION BY conversation_id, coalesce(reply_id, id)), reply_id,
                      position, created_at
            """;

    private static final String LEADS =
            "SELECT id::text, company_id::text, handoff_id IS NOT NULL AS qualified FROM core.leads WHERE company_id IN (%s)";

    private static final String SUBMISSIONS =
            "SELECT id::text, lead_id::text FROM core.form_submissions WHERE company_id IN (%s)";

    private static final String DEALS = """
            SELECT deal_id::text, company_id::text, core_lead_id::text, status FROM core.deals_index WHERE company_id IN (%s)
            """;

    private static final String CONTRACTS =
            "SELECT id::text, company_id::text, deal_id::text, status FROM core.contracts WHERE company_id IN (%s)";

    private static final String CONVERSIONS = """
            SELECT company_id::text, milestone, lead_id::text, deal_id::text, event_name, event_id::text, status
              FROM core.marketing_events WHERE company_id IN (%s)
            """;

    // A return knows what a person had written by then; what was told in its very second it need not.
    private static final String ANSWERED_AGAIN = """
            SELECT t.conversation_id::text, t.id::text, t.from_seq, t.to_seq, max(p.seen_seq) AS answered
              FROM core.turns t
              JOIN core.takeovers k ON k.company_id = t.company_id AND k.conversation_id = t.conversation_id
               AND k.returned_at < t.committed_at
              JOIN core.messages p ON p.company_id = t.company_id AND p.conversation_id = t.conversation_id AND p.author = 'person'
               AND p.seen_seq >= t.from_seq AND p.created_at < k.returned_at - interval '1 s'
             WHERE t.origin = 'burst' AND t.purpose IN ('answer', 'handover') AND t.origin_id NOT LIKE '%%:unheard:%%'
               AND t.company_id IN (%s)
             GROUP BY t.conversation_id, t.id, t.from_seq, t.to_seq
            """;

    private static final List<String> SERVICES = List.of("backoffice", "runtime", "evolution", "autentique", "capi");

    private final Database database;
    private final String companies;

    public ReadHeld(Database database, List<Company> companies) {
        this.database = database;
        this.companies =
                companies.stream().map(company -> "'" + company.id() + "'").collect(Collectors.joining(","));
    }

    public Held read() throws SQLException {
        return new Held(
                conversations(),
                rows(LEADS).stream()
                        .map(row ->
                                new Held.Lead(text(row, "id"), text(row, "company_id"), (Boolean) row.get("qualified")))
                        .toList(),
                rows(SUBMISSIONS).stream()
                        .collect(Collectors.toMap(row -> text(row, "id"), row -> text(row, "lead_id"))),
                rows(DEALS).stream()
                        .map(row -> new Held.Deal(
                                text(row, "deal_id"),
                                text(row, "company_id"),
                                text(row, "core_lead_id"),
                                text(row, "status")))
                        .toList(),
                rows(CONTRACTS).stream()
                        .map(row -> new Held.Contract(
                                text(row, "id"), text(row, "company_id"), text(row, "deal_id"), text(row, "status")))
                        .toList(),
                rows(CONVERSIONS).stream()
                        .map(row -> new Held.Conversion(
                                text(row, "company_id"),
                                text(row, "milestone"),
                                text(row, "lead_id"),
                                text(row, "deal_id"),
                                text(row, "event_name"),
                                text(row, "event_id"),
                                text(row, "status")))
                        .toList(),
                parked(),
                refused(),
                rows(ANSWERED_AGAIN).stream()
                        .map(row -> "conversation " + text(row, "conversation_id") + " turn " + text(row, "id")
                                + " answers "
                                + number(row, "from_seq") + " to " + number(row, "to_seq")
                                + ", and a person had answered up to "
                                + number(row, "answered"))
                        .toList());
    }

    private List<Held.Conversation> conversations() throws SQLException {
        Map<String, List<Map<String, Object>>> inbound = byConversation(INBOUND);
        Map<String, List<Map<String, Object>>> turns = byConversation(TURNS);
        Map<String, List<Map<String, Object>>> bubbles = byConversation(BUBBLES);
        List<Held.Conversation> all = new ArrayList<>();
        for (Map<String, Object> row : rows(CONVERSATIONS)) {
            String id = text(row, "id");
            all.add(new Held.Conversation(
                    id,
                    new ChatKey(text(row, "channel"), text(row, "external_id"), text(row, "lead_end")),
                    text(row, "lead_id"),
                    text(row, "state"),
                    number(row, "inbound_seq"),
                    inbound.getOrDefault(id, List.of()).stream()
                            .map(one -> new Held.Inbound(number(one, "seq"), text(one, "text")))
                            .toList(),
                    turns.getOrDefault(id, List.of()).stream()
                            .map(ReadHeld::turn)
                            .toList(),
                    bubbles.getOrDefault(id, List.of()).stream()
                            .map(ReadHeld::bubble)
                            .toList()));
        }
        return all;
    }

    private static Held.Turn turn(Map<String, Object> row) {
        return new Held.Turn(
                text(row, "id"),
                text(row, "origin"),
                text(row, "purpose"),
                number(row, "from_seq"),
                number(row, "to_seq"));
    }

    private static Held.Bubble bubble(Map<String, Object> row) {
        Timestamp called = (Timestamp) row.get("called_at");
        Timestamp until = (Timestamp) row.get("call_deadline");
        return new Held.Bubble(
                text(row, "id"),
                text(row, "author"),
                text(row, "reply_id"),
                text(row, "turn_id"),
                String.valueOf(row.get("text")),
                text(row, "status"),
                text(row, "failure"),
                (int) number(row, "attempts"),
                called == null ? null : called.toInstant(),
                until == null ? null : until.toInstant());
    }

    private List<String> parked() throws SQLException {
        List<String> all = new ArrayList<>();
        for (String service : SERVICES) {
            for (Map<String, Object> row :
                    database.rows("SELECT stream, consumer, event_id::text, reason FROM core.parked_events_" + service
                            + " WHERE settled_at IS NULL")) {
                all.add(service + ": " + row.values());
            }
        }
        return all;
    }

    private List<String> refused() throws SQLException {
        List<String> all = new ArrayList<>();
        for (String service : SERVICES) {
            for (Map<String, Object> row : database.rows("SELECT position, type, refused_reason FROM core.outbox_"
                    + service + " WHERE refused_reason IS NOT NULL")) {
                all.add(service + ": " + row.values());
            }
        }
        return all;
    }

    private Map<String, List<Map<String, Object>>> byConversation(String sql) throws SQLException {
        Map<String, List<Map<String, Object>>> grouped = new HashMap<>();
        rows(sql)
                .forEach(row -> grouped.computeIfAbsent(text(row, "conversation_id"), any -> new ArrayList<>())
                        .add(row));
        return grouped;
    }

    private List<Map<String, Object>> rows(String sql) throws SQLException {
        return database.rows(sql.formatted(companies));
    }

    private static String text(Map<String, Object> row, String column) {
        Object value = row.get(column);
        return value == null ? null : value.toString();
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }
}
