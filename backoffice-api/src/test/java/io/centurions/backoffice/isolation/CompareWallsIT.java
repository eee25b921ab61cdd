package io.centurions.backoffice.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Locks of ordinary companies, whole and broken, and in every state of a migration. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class CompareWallsIT {

    private static final Lease OURS = () -> true;

    @Inject
    CompareWalls walls;

    @Inject
    IsolationConfig config;

    @Inject
    MeterRegistry meters;

    private final Errors errors = new Errors();
    private Api.Made company;

    @BeforeEach
    void a_company() {
        company = Api.aCompany("muro");
        Logger.getLogger(CompareWalls.class.getName()).addHandler(errors);
    }

    /** Whole again is more than can be said of each hole; the boot guard would see it for ever. */
    @AfterEach
    void gone_with_its_holes() {
        Admin.get().execute("DROP SCHEMA " + company.schema() + " CASCADE");
        Admin.get().execute("DELETE FROM core.company_crms WHERE company_id = ?", company.id());
        Admin.get().execute("UPDATE core.companies SET status = 'archived' WHERE id = ?", company.id());
    }

    @AfterEach
    void hear_no_more() {
        Logger.getLogger(CompareWalls.class.getName()).removeHandler(errors);
    }

    static Stream<Arguments> holes() {
        return Stream.of(
                Arguments.of("ALTER POLICY crm_user ON %s.deals USING (true)", "deals: policy crm_user"),
                Arguments.of("ALTER POLICY crm_user ON %s.deals WITH CHECK (true)", "deals: policy crm_user"),
                Arguments.of("ALTER POLICY crm_user ON %s.deals TO PUBLIC", "deals: policy crm_user"),
                Arguments.of("CREATE POLICY ajar ON %s.services TO crm_user USING (true)", "services: policy ajar"),
                Arguments.of("DROP POLICY backoffice_app ON %s.services", "services: policy backoffice_app"),
                Arguments.of("ALTER TABLE %s.deals NO FORCE ROW LEVEL SECURITY", "deals: row-level security"),
                Arguments.of("ALTER TABLE %s.activities DISABLE ROW LEVEL SECURITY", "activities: row-level security"),
                Arguments.of("GRANT TRUNCATE ON %s.deals TO crm_user", "deals: owner or grants"),
                Arguments.of("ALTER TABLE %s.deals OWNER TO core_migrator", "deals: owner or grants"),
                Arguments.of("GRANT CREATE ON SCHEMA %s TO crm_user", "grants of the schema"),
                Arguments.of(
                        "CREATE TABLE %1$s.ours (n int); GRANT SELECT ON %1$s.ours TO crm_user",
                        "ours: row-level security"),
                Arguments.of(
                        "CREATE VIEW %1$s.seen AS SELECT * FROM %1$s.deals; GRANT SELECT ON %1$s.seen TO crm_user",
                        "seen: row-level security"),
                Arguments.of(
                        "CREATE VIEW %1$s.peep AS SELECT * FROM %1$s.deals; GRANT SELECT (title, score) ON %1$s.peep TO crm_user",
                        "peep: row-level security"),
                Arguments.of("GRANT UPDATE (score) ON %s.deals TO backoffice_reader", "deals: owner or grants"),
                Arguments.of(
                        "ALTER FUNCTION %s.fn_receive_lead(uuid, uuid, jsonb) SECURITY DEFINER",
                        "fn_receive_lead(): owner or grants of the function"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("holes")
    void a_lock_that_is_not_the_templates_is_told_by_its_place(String opening, String told) {
        assertThat(toldOf(company)).isEmpty();
        Admin.get().execute(opening.formatted(company.schema()));
        double before = hits();

        assertThat(toldOf(company))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(
                                "attack catalogue", company.schema() + (told.startsWith("grants") ? ": " : ".") + told)
                        .endsWith("runbook isolation company_id=" + company.id()));
        assertThat(hits()).isGreaterThan(before);
    }

    @Test
    void whoever_is_behind_or_set_aside_is_told_of_for_an_open_lock_and_for_nothing_else() {
        var ahead = Api.aCompany("adiante");
        String table = "notas_" + Api.unique("muro");
        Admin.get().execute("""
                INSERT INTO core.template_steps (version, name, sql) SELECT max(version) + 1, ?, ? FROM core.template_steps""", table, """
                CREATE TABLE {{schema}}.%1$s (
                    id uuid PRIMARY KEY, company_id uuid NOT NULL DEFAULT '{{company}}' CHECK (company_id = '{{company}}'));
                COMMENT ON TABLE {{schema}}.%1$s IS 'Of a test. Retention: life of the company.';
                SELECT core.protect_company_table('{{schema}}.%1$s', 'SELECT');
                ALTER POLICY core_provisioner ON {{schema}}.%1$s WITH CHECK (company_id = '{{company}}');
                ALTER POLICY core_provisioner ON {{schema}}.activities WITH CHECK (true);
                """.formatted(table));
        Admin.get().query("SELECT core.migrate_template_v1()");
        assertThat(toldOf(company)).as("behind").isEmpty();

        Admin.get().query("SELECT core.migrate_company_v1(?)", ahead.id());
        assertThat(toldOf(ahead)).as("migrated").isEmpty();

        Admin.get().execute("CREATE TABLE " + company.schema() + "." + table + " (n int)");
        assertThat(toldOf(company)).as("set aside").isEmpty();

        Admin.get().execute("ALTER POLICY crm_user ON " + company.schema() + ".deals USING (true)");
        assertThat(toldOf(company))
                .singleElement()
                .satisfies(line -> assertThat(line).contains(company.schema() + ".deals: policy crm_user;"));
    }

    @Test
    void a_round_looks_at_so_many_and_the_next_one_goes_on() {
        var looked = Admin.get()
                .query(
                        "SELECT company_id FROM core.company_walls_v1(?, 2)",
                        Canary.ONE.company().value());
        assertThat(looked).hasSizeLessThanOrEqualTo(2);
        var next = Admin.get()
                .query(
                        "SELECT company_id FROM core.company_walls_v1(?, 2)",
                        looked.getLast().get("company_id"));
        assertThat(next).doesNotContainAnyElementsOf(looked);
    }

    /** What a whole turn through all companies says of this one. */
    private List<String> toldOf(Api.Made of) {
        errors.heard.clear();
        long companies = Admin.get().count("SELECT count(*) FROM core.company_crms");
        for (long round = 0; round <= companies / config.wallsARound() + 1; round++) {
            walls.run(OURS);
        }
        return errors.heard.stream()
                .filter(line -> line.contains(of.id().toString()))
                .distinct()
                .toList();
    }

    private double hits() {
        return meters.get("isolation_probe_hits_total")
                .tag("attack", CompareWalls.ATTACK)
                .counter()
                .count();
    }

    private static final class Errors extends Handler {

        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            heard.add(String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
