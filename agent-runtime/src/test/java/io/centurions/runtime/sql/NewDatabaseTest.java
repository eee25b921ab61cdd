package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A company's first thousands of leads may come before PostgreSQL has analysed its tables, and by plans that were made while these
 * were empty: intake and delivery find their rows by keys then too, not by reading through the company's. Each test is one
 * transaction that is rolled back.
 */
class NewDatabaseTest {

    private static final int LEADS = 3_000;
    private static final int FEW = 100;

    /** Read in this transaction from what was filled, by foreign keys' checks too. */
    private static final String ROWS_READ = """
            SELECT sum(coalesce(idx_tup_fetch, 0) + coalesce(seq_tup_read, 0))::bigint AS rows
              FROM pg_catalog.pg_stat_xact_user_tables
             WHERE relid IN ('core.leads'::regclass, 'core.lead_identities'::regclass, 'core.conversations'::regclass,
                             'core.messages'::regclass, 'core.message_keys'::regclass)
            """;

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private Connection connection;

    @BeforeEach
    void thousands_come_after_the_plans_were_made_and_nobody_analyses() throws SQLException {
        connection = database.connectAsAdmin();
        connection.setAutoCommit(false);
        run("SELECT set_config('request.jwt.claims', ?, true)", "{\"company_id\":\"" + company.id() + "\"}");
        run("TRUNCATE core.leads, core.lead_identities, core.conversations, core.messages, core.message_keys CASCADE");
        makePlans();
        run(
                "INSERT INTO core.leads (id, company_id, name, phone, source, instance_id)"
                        + " SELECT md5('lead' || n)::uuid, ?, 'Ana', '553196' || lpad(n::text, 7, '0'), 'whatsapp', ?"
                        + " FROM generate_series(1, ?) AS n",
                company.id(),
                company.whatsapp(),
                LEADS);
        run("INSERT INTO core.lead_identities (company_id, kind, value, lead_id)"
                + " SELECT l.company_id, k.kind, k.value, l.id FROM core.leads l"
                + " CROSS JOIN LATERAL core.spelled_identities('whatsapp', l.phone, '[]') AS k"
                + " WHERE l.phone LIKE '553196%'");
        run("INSERT INTO core.conversations (id, company_id, lead_id, instance_id, channel, chat_ref, inbound_seq)"
                + " SELECT md5('chat' || l.id)::uuid, l.company_id, l.id, l.instance_id, 'whatsapp', l.phone, 1"
                + " FROM core.leads l WHERE l.phone LIKE '553196%'");
        run(
                "INSERT INTO core.messages (company_id, conversation_id, direction, author, seq, kind, status, provider_message_id)"
                        + " SELECT c.company_id, c.id, 'in', 'lead', 1, 'text', 'received', 'in-' || c.chat_ref"
                        + " FROM core.conversations c WHERE c.chat_ref LIKE '553196%'");
        run(
                "INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose,"
                        + " leaves_by, kind, text, status, seen_seq) SELECT c.company_id, c.id, 'out', 'machine', c.id, 0,"
                        + " 'answer', 'whatsapp', 'text', 'oi', 'planned', 1 FROM core.conversations c WHERE c.chat_ref LIKE '553196%'");
    }

    @AfterEach
    void nothing_stays() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void a_fold_of_messages_of_known_leads() throws SQLException {
        assertThat(receive(message(41), message(42), message(43))).isLessThan(FEW);
    }

    @Test
    void a_message_that_tells_something_new_of_a_known_lead() throws SQLException {
        ObjectNode click = message(44);
        click.putObject("referral").put("ctwa_clid", "click-1");

        assertThat(receive(click)).isLessThan(FEW);
    }

    @Test
    void first_messages_of_new_leads() throws SQLException {
        assertThat(receive(
                        Said.message(company.whatsapp(), "5531970000001", "oi"),
                        Said.message(company.whatsapp(), "5531970000002", "oi")))
                .isLessThan(FEW);
    }

    @Test
    void what_is_said_of_messages_and_typing() throws SQLException {
        assertThat(receive(
                        Said.item(company.whatsapp(), "delete", phone(45), "in", "in-" + phone(45), "0"),
                        Said.item(company.whatsapp(), "edit", phone(46), "in", "in-" + phone(46), "1")
                                .put("text", "outra coisa"),
                        Said.item(company.whatsapp(), "presence", phone(47), "in", "p", "0"),
                        Said.echo(company.whatsapp(), phone(48), "echo-1", "eu mesma")
                                .put("written_at", NOON.toInstant().toString())))
                .isLessThan(FEW);
    }

    @Test
    void a_bubble_that_leaves() throws SQLException {
        assertThat(claimBubble(conversation(49))).isLessThan(FEW);
    }

    @Test
    void what_a_turn_answers_to() throws SQLException {
        Object conversation = conversation(50);
        long before = rowsRead();

        assertThat(readBurst(conversation)).hasSize(1);

        assertThat(rowsRead() - before).isLessThan(FEW);
    }

    private Object conversation(int lead) throws SQLException {
        return run("SELECT id FROM core.conversations WHERE chat_ref = ?", phone(lead))
                .getFirst()
                .get("id");
    }

    /** As the service that asks, because row-level security is part of the plan. */
    private List<Map<String, Object>> readBurst(Object conversation) throws SQLException {
        run("SELECT set_config('role', 'runtime_app', true)");
        List<Map<String, Object>> read =
                run("SELECT id FROM core.read_burst_v1(?, ?, 0, 0, 30)", company.id(), conversation);
        run("SELECT set_config('role', 'none', true)");
        return read;
    }

    private long claimBubble(Object conversation) throws SQLException {
        run(
                "UPDATE core.conversations SET delivery_fence = 1, delivery_lease_until = ? WHERE id = ?",
                NOON.plusHours(1),
                conversation);
        return reads(
                "SELECT verdict FROM core.claim_bubble_v1(?, 1, interval '30 s', interval '10 s', ?)",
                conversation,
                NOON.plusMinutes(1));
    }

    private void makePlans() throws SQLException {
        String ana = "5531970009999";
        receive(Said.message(company.whatsapp(), ana, "id-1", "oi"));
        receive(Said.message(company.whatsapp(), ana, "oi"), Said.message(company.whatsapp(), ana, "tudo bem?"));
        receive(
                Said.item(company.whatsapp(), "delete", ana, "in", "id-1", "0"),
                Said.item(company.whatsapp(), "presence", ana, "in", "p", "0"),
                Said.echo(company.whatsapp(), ana, "id-2", "eu mesma")
                        .put("written_at", NOON.toInstant().toString()));
        Object conversation =
                run("SELECT id FROM core.conversations").getFirst().get("id");
        claimBubble(conversation);
        readBurst(conversation);
    }

    private static String phone(int lead) {
        return "553196%07d".formatted(lead);
    }

    private ObjectNode message(int lead) {
        return Said.message(company.whatsapp(), phone(lead), "oi");
    }

    private long receive(ObjectNode... items) throws SQLException {
        return reads(
                "SELECT core.receive_messages_v1(?::text::jsonb, ?)::text",
                List.of(items).toString(),
                NOON);
    }

    /** Rows that a statement reads to do its work. */
    private long reads(String sql, Object... parameters) throws SQLException {
        long before = rowsRead();
        assertThat(run(sql, parameters)).hasSize(1);
        return rowsRead() - before;
    }

    private long rowsRead() throws SQLException {
        return (Long) run(ROWS_READ).getFirst().get("rows");
    }

    private List<Map<String, Object>> run(String sql, Object... parameters) throws SQLException {
        return ConversationDatabase.run(connection, sql, parameters);
    }
}
