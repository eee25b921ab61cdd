package io.centurions.chaos.world;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How long things took that faults hold up: the median and the worst, over everything that the database holds. */
public final class ReadWaits {

    private static final Map<String, String> WAITS = new LinkedHashMap<>();

    static {
        WAITS.put("last word to first bubble", """
                SELECT b.sent_at - m.created_at AS wait
                  FROM core.turns t
                  JOIN core.messages m ON m.company_id = t.company_id AND m.conversation_id = t.conversation_id
                   AND m.direction = 'in' AND m.seq = t.to_seq
                  JOIN core.messages b ON b.company_id = t.company_id AND b.conversation_id = t.conversation_id
                   AND b.turn_id = t.id AND b.position = 0 AND b.sent_at IS NOT NULL
                 WHERE t.origin = 'burst' AND t.purpose = 'answer'
                """);
        WAITS.put("qualified to deal", """
                SELECT d.created_at - o.occurred_at AS wait
                  FROM core.outbox_runtime o
                  JOIN core.deals_index d ON d.company_id = o.company_id AND d.core_lead_id = (o.payload ->> 'lead')::uuid
                 WHERE o.type = 'lead.qualified'
                """);
        WAITS.put("qualified to conversion", """
                SELECT e.created_at - o.occurred_at AS wait
                  FROM core.outbox_runtime o
                  JOIN core.marketing_events e ON e.company_id = o.company_id AND e.lead_id = (o.payload ->> 'lead')::uuid
                   AND e.milestone = 'qualified'
                 WHERE o.type = 'lead.qualified'
                """);
        WAITS.put("signed to purchase", """
                SELECT e.created_at - o.occurred_at AS wait
                  FROM core.outbox_autentique o
                  JOIN core.marketing_events e ON e.company_id = o.company_id AND e.deal_id = (o.payload ->> 'deal')::uuid
                   AND e.milestone = 'purchase'
                 WHERE o.type = 'contract.signed'
                """);
    }

    private final Database database;

    public ReadWaits(Database database) {
        this.database = database;
    }

    /** By what was waited for, as a person reads it. */
    public Map<String, String> read() throws SQLException {
        Map<String, String> waits = new LinkedHashMap<>();
        for (Map.Entry<String, String> one : WAITS.entrySet()) {
            Map<String, Object> row = database.rows(
                            "SELECT count(*) AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM wait)) AS median,"
                                    + " max(extract(epoch FROM wait)) AS worst FROM (" + one.getValue() + ") waits")
                    .getFirst();
            if (((Number) row.get("n")).longValue() > 0) {
                waits.put(
                        one.getKey(),
                        String.format(
                                Locale.ROOT,
                                "%.1f s (median), %.1f s (worst)",
                                ((Number) row.get("median")).doubleValue(),
                                ((Number) row.get("worst")).doubleValue()));
            }
        }
        return waits;
    }
}
