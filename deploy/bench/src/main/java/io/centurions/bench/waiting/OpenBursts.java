package io.centurions.bench.waiting;

import io.centurions.bench.stage.Company.Instance;
import io.centurions.bench.stage.Sql;

/** Arranges conversations in which a lead has written and waits, by SQL, as the intake would have left them. */
public final class OpenBursts {

    private static final String ROWS = """
        WITH n AS MATERIALIZED (
            SELECT i AS number, ('01990000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid AS lead,
                   ('01990000-0000-7000-a000-' || lpad(to_hex(i), 12, '0'))::uuid AS conversation,
                   ('01990000-0000-7000-b000-' || lpad(to_hex(i), 12, '0'))::uuid AS message,
                   '55119' || (30000000 + i) AS phone,
                   to_timestamp(?::double precision) + (i - ?) * ?::double precision * interval '1 second' AS due,
                   clock_timestamp() - interval '4 seconds' AS wrote
              FROM generate_series(?::bigint, ?::bigint) AS i),
        who AS (SELECT ?::uuid AS company, ?::uuid AS instance),
        l AS (INSERT INTO core.leads (id, company_id, name, phone, source, stage, instance_id)
              SELECT n.lead, w.company, 'Maria ' || n.number, n.phone, 'whatsapp', 'new', w.instance FROM n, who w),
        d AS (INSERT INTO core.lead_identities (company_id, kind, value, lead_id)
              SELECT w.company, 'phone', n.phone, n.lead FROM n, who w),
        c AS (INSERT INTO core.conversations (id, company_id, lead_id, instance_id, channel, chat_ref, inbound_seq, burst_started_at,
                                              turn_due_at, last_inbound_at)
              SELECT n.conversation, w.company, n.lead, w.instance, 'whatsapp', n.phone, 1, n.wrote, n.due,
                     n.wrote FROM n, who w)
        INSERT INTO core.messages (id, company_id, conversation_id, direction, author, seq, kind, text, provider_message_id, status,
                                   written_at, trace, created_at)
        SELECT n.message, w.company, n.conversation, 'in', 'lead', 1, 'text', 'Oi, quero saber o preço [t-' || n.number || ']',
               'WAIT' || n.number, 'received', n.wrote,
               jsonb_build_object('correlation_id', n.message, 'traceparent', null), n.wrote
          FROM n, who w
        """;

    private final Sql sql;

    public OpenBursts(Sql sql) {
        this.sql = sql;
    }

    /**
     * Conversations numbered from {@code first} on; the number is also the mark in the message.
     *
     * @param dueMicros deadline of the first one, since 1970
     * @param apart     seconds between two deadlines
     */
    public void arrange(Instance at, long first, int count, long dueMicros, double apart) {
        sql.execute(ROWS, dueMicros / 1e6, first, apart, first, first + count - 1, at.company(), at.id());
    }
}
