package io.centurions.platform.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Opens one door after the other, as an operator might, and expects each to be named. */
@QuarkusTest
@WithPostgresAndRedis
class BootGuardIT {

    private static final String TABLE = "core.guarded_by_nobody";
    private static final String FUNCTION = "core.counted_by_everybody()";
    private static final String GO_BETWEEN = "guarded_go_between";
    private static final String VIEW = "core.seen_by_everybody";

    @Inject
    @Readiness
    BootGuard guard;

    @Inject
    @Readiness
    RequiredObjects objects;

    @Inject
    Database database;

    @Inject
    MeterRegistry meters;

    static Stream<Arguments> doors() {
        String table = "CREATE TABLE " + TABLE + " (id uuid, company_id uuid); ";
        String guarded = table + "SELECT core.protect('" + TABLE + "', 'capi_app'); ";
        return Stream.of(
                Arguments.of("ALTER ROLE capi_app SUPERUSER", "capi_app is a superuser"),
                Arguments.of("ALTER ROLE capi_app BYPASSRLS", "capi_app bypasses row-level security"),
                Arguments.of(
                        "GRANT core_migrator TO capi_app",
                        "capi_app may become core_migrator, which bypasses row-level security"),
                Arguments.of(
                        "GRANT core_migrator TO capi_app",
                        "capi_app may become core_migrator, which owns the schema core"),
                Arguments.of(
                        "GRANT core_sweep TO capi_app",
                        "capi_app may become core_sweep, which sees other companies by the policy all_core_sweep of"),
                Arguments.of(
                        "GRANT backoffice_reader TO capi_app",
                        "capi_app may become backoffice_reader, which sees other companies by the policy all_backoffice_reader of"),
                Arguments.of(
                        guarded + "GRANT crm_user TO capi_app; CREATE POLICY ajar ON " + TABLE
                                + " TO crm_user USING (true)",
                        "capi_app may become crm_user, which sees other companies by the policy ajar of " + TABLE),
                Arguments.of("ALTER ROLE capi_app REPLICATION", "capi_app may copy the whole server by replication"),
                Arguments.of(
                        "GRANT pg_execute_server_program TO capi_app",
                        "capi_app may become pg_execute_server_program, which runs programs on the server"),
                Arguments.of(
                        "GRANT pg_read_server_files TO capi_app WITH INHERIT TRUE, SET FALSE",
                        "capi_app may become pg_read_server_files, which reads the files of the server"),
                Arguments.of(
                        "GRANT pg_write_server_files TO capi_app WITH INHERIT FALSE, SET TRUE",
                        "capi_app may become pg_write_server_files, which writes the files of the server"),
                Arguments.of(
                        "GRANT pg_write_all_data TO capi_app",
                        "capi_app may become pg_write_all_data, which writes every table"),
                Arguments.of(
                        "CREATE ROLE " + GO_BETWEEN + "; GRANT pg_read_all_data TO " + GO_BETWEEN + "; GRANT "
                                + GO_BETWEEN + " TO capi_app",
                        "capi_app may become pg_read_all_data, which reads every table"),
                Arguments.of("GRANT CREATE ON SCHEMA core TO capi_app", "capi_app may put things into the schema core"),
                Arguments.of(
                        guarded + "GRANT TRIGGER ON " + TABLE + " TO capi_app",
                        "capi_app may put triggers on " + TABLE),
                Arguments.of(guarded + "ALTER TABLE " + TABLE + " OWNER TO capi_app", "capi_app owns " + TABLE),
                Arguments.of(table, TABLE + " has no row-level security"),
                Arguments.of(
                        guarded + "ALTER TABLE " + TABLE + " NO FORCE ROW LEVEL SECURITY",
                        TABLE + " does not force row-level security"),
                Arguments.of(
                        guarded + "CREATE POLICY ajar ON " + TABLE + " TO capi_app USING (true)",
                        "capi_app sees other companies by the policy ajar of " + TABLE),
                Arguments.of(
                        guarded + "CREATE POLICY ajar ON " + TABLE
                                + " USING (company_id IS NULL OR company_id = core.company())",
                        "capi_app sees other companies by the policy ajar of " + TABLE),
                Arguments.of(
                        guarded + "CREATE POLICY ajar ON " + TABLE + " FOR INSERT TO capi_app WITH CHECK (true)",
                        "capi_app sees other companies by the policy ajar of " + TABLE),
                Arguments.of(
                        guarded + "CREATE POLICY ajar ON " + TABLE
                                + " TO capi_app USING (id = (SELECT core.company()))",
                        "capi_app sees other companies by the policy ajar of " + TABLE),
                Arguments.of(
                        "CREATE VIEW " + VIEW + " AS SELECT * FROM core.companies; GRANT SELECT ON " + VIEW
                                + " TO capi_app",
                        VIEW + " reads past row-level security"),
                Arguments.of(
                        "CREATE VIEW " + VIEW + " AS SELECT * FROM core.companies; GRANT SELECT (slug, name) ON " + VIEW
                                + " TO capi_app",
                        VIEW + " reads past row-level security"),
                Arguments.of(
                        "CREATE VIEW " + VIEW + " AS SELECT * FROM core.companies; GRANT SELECT (slug, name) ON " + VIEW
                                + " TO crm_user; GRANT crm_user TO capi_app WITH INHERIT FALSE, SET TRUE",
                        VIEW + " reads past row-level security"),
                Arguments.of(guarded + "GRANT TRUNCATE ON " + TABLE + " TO capi_app", "capi_app may empty " + TABLE),
                Arguments.of(
                        "CREATE FUNCTION " + FUNCTION
                                + " RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM core.secrets'",
                        "capi_app may run " + FUNCTION + " as "),
                Arguments.of(
                        "CREATE FUNCTION " + FUNCTION
                                + " RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT count(*) FROM core.companies'; "
                                + "ALTER FUNCTION " + FUNCTION + " OWNER TO core_lookup",
                        "capi_app may run " + FUNCTION + " as core_lookup, which no policy binds"),
                Arguments.of(
                        "CREATE FUNCTION " + FUNCTION
                                + " RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM core.companies'; "
                                + "ALTER FUNCTION " + FUNCTION + " OWNER TO core_intake; REVOKE ALL ON FUNCTION "
                                + FUNCTION
                                + " FROM PUBLIC; GRANT EXECUTE ON FUNCTION " + FUNCTION + " TO capi_app",
                        "capi_app may run " + FUNCTION + " as core_intake, which no policy binds"));
    }

    @AfterEach
    void close_what_was_opened() {
        Admin admin = Admin.get();
        admin.execute("ALTER ROLE capi_app NOSUPERUSER NOBYPASSRLS NOREPLICATION");
        admin.execute("REVOKE core_migrator, core_sweep, backoffice_reader, crm_user, pg_execute_server_program,"
                + " pg_read_server_files, pg_write_server_files, pg_write_all_data FROM capi_app");
        admin.execute("DROP ROLE IF EXISTS " + GO_BETWEEN);
        admin.execute("REVOKE CREATE ON SCHEMA core FROM capi_app");
        admin.execute("DROP VIEW IF EXISTS " + VIEW);
        admin.execute("DROP TABLE IF EXISTS " + TABLE);
        admin.execute("DROP FUNCTION IF EXISTS " + FUNCTION);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("doors")
    void an_open_door_is_named_and_the_service_is_not_ready(String opening, String named) {
        Admin.get().execute(opening);

        assertThat(open(guard.call())).contains(named);
    }

    @Test
    void a_login_that_is_bound_is_ready_and_again_when_a_door_has_been_closed() {
        assertThat(guard.call().getStatus()).isEqualTo(Status.UP);
        Admin.get().execute("ALTER ROLE capi_app BYPASSRLS");
        assertThat(guard.call().getStatus()).isEqualTo(Status.DOWN);
        Admin.get().execute("ALTER ROLE capi_app NOBYPASSRLS");
        assertThat(guard.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void the_doors_found_are_a_figure_that_a_mended_one_leaves() {
        Admin.get().execute("ALTER ROLE capi_app BYPASSRLS REPLICATION");
        guard.call();
        assertThat(meters.get("isolation_open_doors").gauge().value()).isEqualTo(2);
        Admin.get().execute("ALTER ROLE capi_app NOBYPASSRLS NOREPLICATION");
        guard.call();
        assertThat(meters.get("isolation_open_doors").gauge().value()).isZero();
    }

    @Test
    void what_a_service_needs_is_there() {
        assertThat(objects.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void what_is_missing_is_named_whatever_it_is() {
        var wanted = List.of("table:core.nothing", "column:core.companies.nothing", "function:core.nothing");

        var answer = new RequiredObjects(database, wanted).call();

        assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
        assertThat(answer.getData().orElseThrow().get("missing")).isEqualTo(String.join(", ", wanted));
    }

    private static String open(HealthCheckResponse answer) {
        assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
        return String.valueOf(answer.getData().orElseThrow().get("open"));
    }
}
