package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Who wrote is found by the key of an address, whatever PostgreSQL knew of the table when it made its plan. All
 * of it happens in one transaction that is rolled back.
 */
class IdentityLookUpTest {

    private static final Pattern PAGES = Pattern.compile("shared hit=(\\d+)(?: read=(\\d+))?");
    private static final int ADDRESSES = 50_000;

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();

    @Test
    void with_a_plan_that_was_made_when_the_table_was_analysed_and_empty() throws Exception {
        try (Connection connection = emptied()) {
            receive(connection, "", "5531970000001", "5531970000002");
            fill(connection);

            assertThat(pages(connection)).isLessThan(ADDRESSES / 100);
        }
    }

    @Test
    void with_a_plan_that_was_made_when_one_company_had_nearly_all_of_it() throws Exception {
        try (Connection connection = emptied()) {
            receive(connection, "", "5531970000001", "5531970000002");
            fill(connection);
            ConversationDatabase.run(connection, "ANALYZE core.lead_identities");
            receive(connection, "", "5531970000003", "5531970000004");

            assertThat(pages(connection)).isLessThan(ADDRESSES / 100);
        }
    }

    private Connection emptied() throws SQLException {
        Connection connection = database.connectAsAdmin();
        connection.setAutoCommit(false);
        // Nobody checks the keys of so many. Set first, because it throws plans away.
        ConversationDatabase.run(connection, "SET LOCAL session_replication_role = replica");
        ConversationDatabase.run(connection, "TRUNCATE core.lead_identities");
        ConversationDatabase.run(connection, "ANALYZE core.lead_identities");
        return connection;
    }

    private void fill(Connection connection) throws SQLException {
        UUID lead = (UUID) ConversationDatabase.run(
                        connection, "SELECT id FROM core.leads WHERE company_id = ? LIMIT 1", company.id())
                .getFirst()
                .get("id");
        ConversationDatabase.run(
                connection,
                "INSERT INTO core.lead_identities (company_id, kind, value, lead_id)"
                        + " SELECT ?, 'phone', '553196' || lpad(n::text, 7, '0'), ? FROM generate_series(1, ?) AS n",
                company.id(),
                lead,
                ADDRESSES);
    }

    /** Touched for two messages of people who are known, each from an address that has no conversation yet. */
    private long pages(Connection connection) throws SQLException {
        var plan = receive(connection, "EXPLAIN (ANALYZE, BUFFERS) ", "5531960000042", "5531960000043");
        var pages = PAGES.matcher(plan.toString());
        assertThat(pages.find()).isTrue();
        return Long.parseLong(pages.group(1)) + (pages.group(2) == null ? 0 : Long.parseLong(pages.group(2)));
    }

    private List<Map<String, Object>> receive(Connection connection, String how, String first, String second)
            throws SQLException {
        var items =
                List.of(Said.message(company.whatsapp(), first, "oi"), Said.message(company.whatsapp(), second, "oi"));
        return ConversationDatabase.run(
                connection, how + "SELECT core.receive_messages_v1('" + items + "'::jsonb, '" + NOON + "')");
    }
}
