package io.centurions.platform.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    private static final UUID ACME = UUID.fromString("01900000-0000-7000-8000-000000000001");
    private static final UUID OTHER = UUID.fromString("01900000-0000-7000-8000-000000000002");

    private static EmbeddedPostgres postgres;
    private static String url;

    @BeforeAll
    static void migrate_twice_because_every_step_may_be_repeated() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
        Migrations migrations = new Migrations(url, "postgres", "postgres");
        for (int time = 0; time < 2; time++) {
            migrations.foundation();
            migrations.slice("governance", "classpath:db/governance", MigrationsTest.class.getClassLoader());
        }
        migrations.passwords(Map.of("backoffice_app", "app", "runtime_app", "it's"));
        admin("INSERT INTO core.companies (id, slug, name, schema_name) VALUES ('%s', 'acme', 'Acme', 'empresa_acme'), "
                        .formatted(ACME)
                + "('%s', 'other', 'Other', 'empresa_other')".formatted(OTHER));
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void everything_in_core_belongs_to_the_migrator_or_to_a_role_that_cannot_log_in() throws SQLException {
        String strangers = text("""
                SELECT string_agg(c.relname, ', ') FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
                 WHERE c.relnamespace = 'core'::regnamespace AND (r.rolcanlogin OR r.rolsuper)
                """);

        assertThat(strangers).isNull();
    }

    @Test
    void no_app_role_bypasses_row_level_security_or_owns_anything() throws SQLException {
        String exalted = text(
                "SELECT string_agg(rolname, ', ') FROM pg_roles WHERE rolname LIKE '%\\_app' AND (rolsuper OR rolbypassrls OR rolinherit)");

        assertThat(exalted).isNull();
    }

    @Test
    void without_claims_nothing_is_seen_and_nothing_can_be_written() throws SQLException {
        try (Connection app = login("backoffice_app", "app");
                Statement statement = app.createStatement()) {
            assertThat(number(statement, "SELECT count(*) FROM core.companies")).isZero();
            assertThatThrownBy(() -> statement.execute(
                            "INSERT INTO core.notes (company_id, text) VALUES ('%s', 'x')".formatted(ACME)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void a_claim_shows_one_company_and_refuses_rows_of_another() throws SQLException {
        try (Connection app = login("backoffice_app", "app");
                Statement statement = app.createStatement()) {
            app.setAutoCommit(false);
            claim(statement, "{\"company_id\":\"" + ACME + "\"}");
            statement.execute("INSERT INTO core.notes (company_id, text) VALUES ('%s', 'ours')".formatted(ACME));
            assertThatThrownBy(() -> statement.execute(
                            "INSERT INTO core.notes (company_id, text) VALUES ('%s', 'theirs')".formatted(OTHER)))
                    .isInstanceOf(SQLException.class);
            app.rollback();

            claim(statement, "{\"company_id\":\"" + ACME + "\"}");
            assertThat(number(statement, "SELECT count(*) FROM core.companies")).isEqualTo(1);
            app.commit();

            assertThat(number(statement, "SELECT count(*) FROM core.companies"))
                    .as("the claim ends with its transaction")
                    .isZero();
        }
    }

    @Test
    void a_claim_in_app_metadata_counts_and_one_in_user_metadata_never() throws SQLException {
        try (Connection app = login("backoffice_app", "app");
                Statement statement = app.createStatement()) {
            app.setAutoCommit(false);
            claim(statement, "{\"app_metadata\":{\"company_id\":\"" + ACME + "\"}}");
            assertThat(number(statement, "SELECT count(*) FROM core.companies")).isEqualTo(1);

            claim(statement, "{\"user_metadata\":{\"company_id\":\"" + ACME + "\"}}");
            assertThat(number(statement, "SELECT count(*) FROM core.companies")).isZero();
        }
    }

    @Test
    void the_reader_of_the_holding_sees_all_companies_only_after_it_has_become_the_reader() throws SQLException {
        try (Connection app = login("backoffice_app", "app");
                Statement statement = app.createStatement()) {
            app.setAutoCommit(false);
            statement.execute("SET LOCAL ROLE backoffice_reader");
            assertThat(number(statement, "SELECT count(*) FROM core.companies")).isEqualTo(2);
            app.rollback();

            assertThat(number(statement, "SELECT count(*) FROM core.companies")).isZero();
        }
    }

    @Test
    void an_outbox_is_leased_by_one_relay_and_marked_once() throws SQLException {
        UUID event = UUID.randomUUID();
        try (Connection app = login("backoffice_app", "app");
                Statement statement = app.createStatement()) {
            number(statement, """
                    SELECT core.append_events_backoffice_v1('[{"id":"%s","company_id":"%s","type":"deal.won","subject":"%s",
                           "occurred_at":"2026-01-01T00:00:00Z","payload":{}}]')
                    """.formatted(event, ACME, event));
            String lease = "SELECT count(*) FROM core.lease_outbox_backoffice_v1(10, '5 s')";

            assertThat(number(statement, lease)).isEqualTo(1);
            assertThat(number(statement, lease)).as("held by the first").isZero();
            assertThat(number(
                            statement,
                            "SELECT count(*) FROM core.lease_outbox_backoffice_v1(10, '5 s', now() + interval '6 s')"))
                    .as("its relay died")
                    .isEqualTo(1);
            String mark = "SELECT core.mark_outbox_backoffice_v1('{%s}', '{%s}', '{1-1}', '%s')"
                    .formatted(ACME, event, OTHER);
            assertThat(number(statement, mark)).isEqualTo(1);
            assertThat(number(statement, mark))
                    .as("a second mark changes nothing")
                    .isZero();
        }
    }

    @Test
    void a_lease_reads_no_more_than_it_takes_though_it_was_planned_for_an_empty_outbox() throws SQLException {
        admin("TRUNCATE core.outbox_backoffice");
        admin("VACUUM core.outbox_backoffice");
        try (Connection owner = login("postgres", "postgres");
                Statement statement = owner.createStatement()) {
            // Never committed: no other test meets these rows, however this one ends.
            owner.setAutoCommit(false);
            String lease = "SELECT count(*) FROM core.lease_outbox_backoffice_v1(10, '5 s')";
            assertThat(number(statement, lease)).isZero();
            statement.execute("""
                    INSERT INTO core.outbox_backoffice (company_id, id, type, subject, occurred_at, correlation_id, payload, published_at)
                    SELECT '%1$s', gen_random_uuid(), 'deal.won', '%1$s', now(), '%1$s', '{}', CASE WHEN n < 500 THEN now() END
                      FROM generate_series(1, 500) AS n
                    """.formatted(ACME));

            assertThat(number(statement, lease)).isEqualTo(1);
            assertThat(
                            number(
                                    statement,
                                    "SELECT idx_tup_fetch + seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'outbox_backoffice'"))
                    .as("rows read")
                    .isLessThan(10);
        }
    }

    @Test
    void a_service_that_is_there_is_given_the_functions_anew() throws SQLException {
        admin(
                "DROP FUNCTION core.clean_backoffice_v1; CREATE OR REPLACE FUNCTION core.lock_webhook_backoffice_v1(p_id uuid)"
                        + " RETURNS boolean LANGUAGE sql AS 'SELECT true'");

        new Migrations(url, "postgres", "postgres").foundation();

        try (Connection app = login("backoffice_app", "app");
                Statement statement = app.createStatement()) {
            assertThat(number(statement, "SELECT core.clean_backoffice_v1(10)")).isZero();
            assertThat(number(statement, "SELECT core.lock_webhook_backoffice_v1('" + OTHER + "')::int"))
                    .isZero();
        }
    }

    @Test
    void parked_things_are_listed_by_the_back_office_alone_and_page_by_page() throws SQLException {
        try (Connection app = login("backoffice_app", "app");
                Statement statement = app.createStatement()) {
            for (int event = 0; event < 3; event++) {
                statement.execute(
                        "SELECT core.park_event_backoffice_v1('%s', core.uuid7(), 'deal.won', 'backoffice-api', '{}', '{}', NULL, 'why')"
                                .formatted(ACME));
            }
            statement.execute(
                    "SELECT core.park_event_backoffice_v1(NULL, NULL, 'deal.won', 'backoffice-api', NULL, NULL, 'broken', 'unreadable')");
            String list = "SELECT count(*) FROM core.list_parked_backoffice_v1(%s, NULL, %s, 'parked', %s, %s)";
            String second = "(SELECT id FROM core.list_parked_backoffice_v1('" + ACME
                    + "', NULL, NULL, NULL, NULL, 2) OFFSET 1)";

            assertThat(number(statement, list.formatted("NULL", "NULL", "NULL", "10")))
                    .isEqualTo(4);
            assertThat(number(statement, list.formatted("'" + ACME + "'", "'why'", "NULL", "10")))
                    .isEqualTo(3);
            assertThat(number(statement, list.formatted("'" + ACME + "'", "NULL", second, "10")))
                    .isEqualTo(1);
            assertThat(number(statement, list.formatted("'" + OTHER + "'", "NULL", "NULL", "10")))
                    .isZero();
            String discard = "SELECT CASE core.discard_parked_backoffice_v1(" + second + ", 'someone', 'no use', '%s') "
                    + "WHEN 'discarded' THEN 1 WHEN 'settled' THEN 2 ELSE 3 END";
            assertThat(number(statement, discard.formatted(OTHER)))
                    .as("of another company")
                    .isEqualTo(3);
            assertThat(number(statement, discard.formatted(ACME))).isEqualTo(1);
            assertThat(number(statement, discard.formatted(ACME)))
                    .as("a second time")
                    .isEqualTo(2);
            statement.execute(
                    "SELECT core.park_event_backoffice_v1('%s', core.uuid7(), 'deal.won', 'backoffice-api', '{}', %s, NULL, 'large')"
                            .formatted(ACME, "jsonb_build_object('a', repeat('x', 9000))"));
            String large = "core.list_parked_backoffice_v1(NULL, NULL, 'large', NULL, NULL, 10) l";
            assertThat(number(statement, "SELECT count(*) FROM " + large + " WHERE l.payload IS NULL"))
                    .as("a page of them would not fit into memory")
                    .isEqualTo(1);
            String whole = ", core.read_parked_backoffice_v1(l.id) r WHERE length(r.payload) > 9000";
            assertThat(number(statement, "SELECT count(*) FROM " + large + whole))
                    .isEqualTo(1);
        }
        try (Connection app = login("runtime_app", "it's");
                Statement statement = app.createStatement()) {
            assertThatThrownBy(() -> statement.execute(
                            "SELECT * FROM core.list_parked_backoffice_v1(NULL, NULL, NULL, NULL, NULL, 10)"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void an_event_that_waits_for_an_operator_is_not_parked_again_until_it_is_settled() throws SQLException {
        String park = "SELECT core.park_event_backoffice_v1('%s', '%s', 'deal.won', '%s', '{}', '{}', NULL, 'why')";
        String event = "0199a1b2-c3d4-701b-8a00-00000000001b";
        String waiting = "SELECT count(*)::text FROM core.parked_events_backoffice WHERE event_id = '" + event
                + "' AND settled_at IS NULL";
        String first = text(park.formatted(OTHER, event, "backoffice-api") + "::text");

        assertThat(text(park.formatted(OTHER, event, "backoffice-api") + "::text"))
                .isEqualTo(first);
        assertThat(text(waiting)).isEqualTo("1");
        text(park.formatted(OTHER, event, "capi-dispatcher") + "::text");
        assertThat(text(waiting)).as("another group's").isEqualTo("2");
        text("SELECT core.discard_parked_backoffice_v1('" + first + "', 'someone', 'no use')");
        assertThat(text(park.formatted(OTHER, event, "backoffice-api") + "::text"))
                .isNotEqualTo(first);
        admin("DELETE FROM core.parked_events_backoffice WHERE event_id = '" + event + "'");
    }

    @Test
    void webhooks_are_kept_with_their_effect_and_read_again_in_order() throws SQLException {
        try (Connection app = login("backoffice_app", "app");
                Statement statement = app.createStatement()) {
            assertThat(number(statement, """
                    SELECT core.keep_webhooks_backoffice_v1('[
                        {"company_id":"%1$s","instance_id":"%1$s","provider":"p","address":"a","body":"b2k=","state":"applied"},
                        {"provider":"p","address":"a","body":"/w==","state":"parked","reason":"unreadable"}]')
                    """.formatted(ACME))).isEqualTo(2);
            String window =
                    "SELECT count(*) FROM core.window_webhooks_backoffice_v4(now() - interval '1 h', now() + interval '1 h', %s, %s, %s, 10)";
            String first =
                    "SELECT %s FROM core.window_webhooks_backoffice_v4(now() - interval '1 h', now() + interval '1 h', NULL, NULL, NULL, 1)";

            assertThat(number(statement, window.formatted("NULL", "NULL", "NULL")))
                    .isEqualTo(2);
            assertThat(number(statement, window.formatted("'" + ACME + "'", "NULL", "NULL")))
                    .as("its own, and what came for no single one")
                    .isEqualTo(2);
            assertThat(number(statement, window.formatted("'" + OTHER + "'", "NULL", "NULL")))
                    .isEqualTo(1);
            assertThat(number(
                            statement,
                            "SELECT count(*) FROM core.list_webhooks_backoffice_v1(NULL, NULL, NULL, NULL, NULL, 10)"))
                    .as("what was applied is no work for an operator")
                    .isEqualTo(1);
            assertThat(
                            number(
                                    statement,
                                    "SELECT count(*) FROM core.list_webhooks_backoffice_v1(NULL, 'p', NULL, 'applied', NULL, 10)"))
                    .isEqualTo(1);
            assertThat(text(first.formatted("to_jsonb(window_webhooks_backoffice_v4) - 'id' - 'received_at'")))
                    .as("without its body, which may be large")
                    .isEqualTo("{\"state\": \"applied\", \"body_length\": 2, \"instance_id\": \"%s\"}".formatted(ACME));
            String firstId = text(first.formatted("id::text"));
            String afterFirst = window.formatted(
                    "NULL", "'" + text(first.formatted("received_at::text")) + "'", "'" + firstId + "'");
            assertThat(number(statement, afterFirst)).isEqualTo(1);
            admin("DELETE FROM core.webhook_inbox_backoffice WHERE id = '" + firstId + "'");
            assertThat(number(statement, afterFirst))
                    .as("after one that its retention has ended")
                    .isEqualTo(1);
            assertThat(number(statement, "SELECT core.clean_backoffice_v1(10, clock_timestamp() + interval '8 days')"))
                    .isEqualTo(1);
        }
    }

    @Test
    void the_same_words_from_the_same_address_are_parked_once_and_settled_once() throws SQLException {
        try (Connection app = login("backoffice_app", "app");
                Statement statement = app.createStatement()) {
            String keep = "SELECT count(core.keep_webhook_backoffice_v1(NULL, 'p', '%s', '{}', '%s', 'unreadable'))";
            assertThat(number(statement, keep.formatted("a", "once"))).isEqualTo(1);
            assertThat(number(statement, keep.formatted("a", "once"))).isZero();
            assertThat(number(statement, keep.formatted("b", "once")))
                    .as("another address")
                    .isEqualTo(1);
            String id =
                    text("SELECT id::text FROM core.webhook_inbox_backoffice WHERE address = 'a' AND body = 'once'");
            String lock = "SELECT core.lock_webhook_backoffice_v1('" + id + "')::int";
            assertThat(number(statement, lock)).isEqualTo(1);
            text("SELECT core.discard_webhook_backoffice_v1('" + id + "', 'someone', 'no use')");
            assertThat(number(statement, lock)).as("settled").isZero();
            assertThat(number(statement, keep.formatted("a", "once")))
                    .as("discarded, and not asked about again")
                    .isZero();
        }
        admin("DELETE FROM core.webhook_inbox_backoffice WHERE body = 'once'");
    }

    @Test
    void a_uuid7_grows_with_time() throws SQLException {
        assertThat(
                        text(
                                "SELECT (bool_and(b > a))::text FROM (SELECT core.uuid7() a, pg_sleep(0.002), core.uuid7() b) x"))
                .isEqualTo("true");
        assertThat(text("SELECT substring(core.uuid7()::text FROM 15 FOR 1)")).isEqualTo("7");
    }

    @Test
    void a_password_may_hold_a_quote() throws SQLException {
        try (Connection app = login("runtime_app", "it's")) {
            assertThat(app.isValid(1)).isTrue();
        }
    }

    private static void claim(Statement statement, String claims) throws SQLException {
        statement.execute("SELECT set_config('request.jwt.claims', '" + claims + "', true)");
    }

    private static Connection login(String role, String password) throws SQLException {
        return DriverManager.getConnection(url, role, password);
    }

    private static void admin(String sql) throws SQLException {
        try (Connection connection = login("postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(String sql) throws SQLException {
        try (Connection connection = login("postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
