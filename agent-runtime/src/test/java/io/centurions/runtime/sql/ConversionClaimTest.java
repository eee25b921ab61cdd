package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two workers and one conversion: between the look of the one and its lock the other has been there. */
class ConversionClaimTest {

    private static final long GATE = 20260302;

    private final ConversationDatabase database = ConversationDatabase.get();
    private final ConversationDatabase.Company company = database.company();

    /** Who claims reads every row through a policy that waits as long as the test holds the gate. */
    @BeforeEach
    void slowReading() {
        database.admin("""
                CREATE FUNCTION public.slow_reading(p_id uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
                BEGIN
                    PERFORM pg_catalog.pg_advisory_lock_shared(%1$d);
                    PERFORM pg_catalog.pg_advisory_unlock_shared(%1$d);
                    RETURN p_id IS NOT NULL;
                END
                $$;
                GRANT USAGE ON SCHEMA public TO core_delivery;
                CREATE POLICY slow_reading ON core.marketing_events AS RESTRICTIVE FOR SELECT TO core_delivery USING (public.slow_reading(id))
                """.formatted(GATE));
    }

    @AfterEach
    void asItWas() {
        database.admin("DROP POLICY slow_reading ON core.marketing_events; DROP FUNCTION public.slow_reading(uuid); "
                + "REVOKE USAGE ON SCHEMA public FROM core_delivery");
    }

    @Test
    void what_another_worker_has_just_put_off_is_not_claimed_before_its_time() throws Exception {
        database.admin("""
                INSERT INTO core.marketing_events (company_id, milestone, lead_id, event_name, dataset_id, event_id, action_source, fact_at,
                                                   status, next_attempt_at, correlation_id)
                VALUES (?, 'lead', gen_random_uuid(), 'Lead', 'd', gen_random_uuid(), 'website', now(), 'pending', ?, gen_random_uuid())
                """, company.id(), NOON);
        try (var gate = database.connectAsAdmin();
                var other = Executors.newSingleThreadExecutor()) {
            run(gate, "SELECT pg_advisory_lock(" + GATE + ")");
            var claimed = other.submit(this::claim);
            await().until(() -> database.count(
                            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = ? AND NOT granted",
                            GATE)
                    == 1);
            database.admin(
                    "UPDATE core.marketing_events SET next_attempt_at = ? WHERE company_id = ?",
                    NOON.plusHours(1),
                    company.id());
            run(gate, "SELECT pg_advisory_unlock(" + GATE + ")");

            assertThat(claimed.get()).isEmpty();
        }
        assertThat(database.value("SELECT leased_by FROM core.marketing_events WHERE company_id = ?", company.id()))
                .isNull();
    }

    private List<Map<String, Object>> claim() {
        return database.call(
                "capi_app",
                "SELECT * FROM core.claim_conversions_v2('a', 10, 'PT1M', 10, ARRAY[]::uuid[], ?)",
                NOON.plusMinutes(1));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
