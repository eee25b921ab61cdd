package io.centurions.backoffice.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.StreamIn;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.Uuid7;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Person;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The probe against a wall that stands, and against one with a hole in it. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class IsolationProbeIT {

    private static final Lease OURS = () -> true;
    private static final Set<String> ALL = Set.of(
            "by-id",
            "list",
            "search",
            "schema",
            "front",
            "write",
            "no-claims",
            "stream",
            "secret",
            "api",
            "file",
            "cache");

    @Inject
    IsolationProbe probe;

    @Inject
    @All
    List<Attack> attacks;

    @Inject
    Database database;

    @Inject
    StreamIn stream;

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void a_real_company_is_there_too() {
        Api.aLead(Api.aCompany("verdadeira"), "Maria");
    }

    @Test
    void every_attack_is_tried_both_ways_and_none_gets_through_a_wall_that_stands() {
        Map<String, Double> tried = counted("isolation_probe_attempts_total");
        Map<String, Double> hits = counted("isolation_probe_hits_total");

        probe.run(OURS);
        probe.run(OURS);

        assertThat(attacks).extracting(Attack::name).containsExactlyInAnyOrderElementsOf(ALL);
        assertThat(counted("isolation_probe_hits_total")).isEqualTo(hits);
        for (String attack : ALL) {
            assertThat(counted("isolation_probe_attempts_total").get(attack))
                    .as(attack)
                    .isEqualTo(tried.getOrDefault(attack, 0.0) + 4);
        }
    }

    @Test
    void canaries_are_whole_and_in_no_list_of_the_holding() {
        probe.run(OURS);

        for (Canary canary : List.of(Canary.ONE, Canary.TWO)) {
            assertThat(Admin.get().queryOne("SELECT canary, status FROM core.companies WHERE id = ?", id(canary)))
                    .containsEntry("canary", true)
                    .containsEntry("status", "suspended");
            // A step may have been added since it was made.
            Admin.get().query("SELECT core.migrate_company_v1(?)", id(canary));
            assertThat(Admin.get().query("SELECT * FROM core.company_schema_diff_v1(?)", canary.schema()))
                    .isEmpty();
            assertThat(Admin.get().query("""
                            SELECT 1 FROM core.outbox_backoffice
                             WHERE company_id = ? AND type NOT IN ('instance.status', 'deal.created')""", id(canary)))
                    .as("nobody is told of them but of their deal, and what they tell of each other")
                    .isEmpty();
            Api.owner()
                    .queryParam("limit", 200)
                    .get("/v1/companies")
                    .then()
                    .statusCode(200)
                    .body("items.slug", not(hasItem(canary.slug())));
        }
        Person owner = new Person("owner", "super_admin");
        List<Row> seen = database.asReader(owner, tx -> tx.query("SELECT 1 FROM core.companies WHERE canary"));
        assertThat(seen).isEmpty();
    }

    @Test
    void a_canary_is_not_there_for_the_holding_and_in_no_figure_of_a_migration() {
        probe.run(OURS);
        UUID canary = id(Canary.ONE);
        String path = "/v1/companies/" + canary;

        Api.owner().get(path).then().statusCode(404);
        Api.owner().get(path + "/centurions").then().statusCode(404);
        Api.owner()
                .body(Map.of("reason", "engano"))
                .post(path + "/archive")
                .then()
                .statusCode(404);
        Api.owner().post(path + "/resume").then().statusCode(404);
        Api.owner()
                .body(Map.of("canaryCompanyId", canary))
                .post("/v1/fleet-migrations")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:canary-unknown"));

        UUID migration = Uuid7.next();
        Admin.get().execute("""
                INSERT INTO core.fleet_migrations (id, state, target_version, at_once, started_by)
                VALUES (?, 'finished', 1, 1, 'owner')""", migration);
        Admin.get().execute("""
                INSERT INTO core.company_migrations (company_id, migration_id, state, template_version)
                VALUES (?, ?, 'done', 1)""", canary, migration);
        int others = (int) Admin.get().count("""
                SELECT count(*) FROM core.company_crms c JOIN core.companies k ON k.id = c.company_id
                 WHERE NOT k.canary AND k.status <> 'archived'""");
        Api.owner()
                .get("/v1/fleet-migrations/" + migration)
                .then()
                .body("companies", equalTo(others))
                .body("migrated", equalTo(others));
        Api.owner()
                .get("/v1/fleet-migrations/" + migration + "/companies")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    /**
     * What is tried is possible: against oneself it succeeds. The other two ask for nothing that is
     * one's own.
     */
    @Test
    void every_attack_gets_at_what_no_wall_protects() {
        probe.run(OURS);

        Set<String> reached = attacks.stream()
                .filter(attack -> !attack.attempt(Canary.ONE, Canary.ONE).isEmpty())
                .map(Attack::name)
                .collect(Collectors.toCollection(TreeSet::new));
        // What is told goes its way by itself, and is seen by the next one who looks.
        told();
        attacks.stream()
                .filter(attack -> attack.name().equals("stream"))
                .filter(attack -> !attack.attempt(Canary.ONE, Canary.TWO).isEmpty()
                        || !attack.attempt(Canary.TWO, Canary.ONE).isEmpty())
                .forEach(attack -> reached.add(attack.name()));

        assertThat(reached)
                .containsExactlyInAnyOrder(
                        "by-id", "search", "schema", "front", "write", "stream", "secret", "api", "file", "cache");

        Map<String, Double> hits = counted("isolation_probe_hits_total");
        probe.run(OURS);
        assertThat(counted("isolation_probe_hits_total"))
                .as("and has left nothing behind")
                .isEqualTo(hits);
    }

    static Stream<Arguments> holes() {
        String centurions = "core.centurion_configs";
        return Stream.of(
                Arguments.of(
                        "row-level security is switched off",
                        "ALTER TABLE " + centurions + " DISABLE ROW LEVEL SECURITY",
                        "ALTER TABLE " + centurions + " ENABLE ROW LEVEL SECURITY",
                        List.of("by-id", "list", "search", "write", "no-claims")),
                Arguments.of(
                        "a policy lets an administrator see everything",
                        "CREATE POLICY ajar ON " + centurions + " TO backoffice_app USING (true)",
                        "DROP POLICY ajar ON " + centurions,
                        List.of("by-id", "list", "search", "write", "no-claims")),
                Arguments.of(
                        "the policy is gone from a table that holds real companies' rows alone",
                        "ALTER TABLE core.company_provisionings DISABLE ROW LEVEL SECURITY",
                        "ALTER TABLE core.company_provisionings ENABLE ROW LEVEL SECURITY",
                        List.of("list")),
                Arguments.of(
                        "the policy is gone from the table of files",
                        "ALTER TABLE core.files DISABLE ROW LEVEL SECURITY",
                        "ALTER TABLE core.files ENABLE ROW LEVEL SECURITY",
                        List.of("list", "file")),
                Arguments.of(
                        "a table of one company's schema is open",
                        "ALTER TABLE empresa_canary_two.services DISABLE ROW LEVEL SECURITY",
                        "ALTER TABLE empresa_canary_two.services ENABLE ROW LEVEL SECURITY",
                        List.of("schema", "front")),
                Arguments.of(
                        "the front sees all services",
                        "ALTER POLICY crm_user ON empresa_canary_two.services USING (true)",
                        "ALTER POLICY crm_user ON empresa_canary_two.services USING (company_id = (SELECT core.company()))",
                        List.of("front")),
                Arguments.of(
                        "the front sees all activities",
                        "ALTER POLICY crm_user ON empresa_canary_two.activities USING (true)",
                        "ALTER POLICY crm_user ON empresa_canary_two.activities USING (company_id = (SELECT core.company()))",
                        List.of("front")),
                Arguments.of(
                        "the front is bound by nothing",
                        "ALTER ROLE crm_user BYPASSRLS",
                        "ALTER ROLE crm_user NOBYPASSRLS",
                        List.of("front")));
    }

    @Test
    void a_front_that_is_let_in_sees_something_in_every_table() {
        probe.run(OURS);
        String tables = """
                SELECT c.oid::regclass::text AS name FROM pg_class c
                 WHERE c.relnamespace = 'empresa_canary_one'::regnamespace AND c.relkind IN ('r', 'p')
                   AND c.relname NOT LIKE 'notas\\_%'""";
        Attack front = attacks.stream()
                .filter(attack -> attack.name().equals("front"))
                .findFirst()
                .orElseThrow();

        assertThat(front.attempt(Canary.ONE, Canary.ONE))
                .containsExactlyInAnyOrderElementsOf(Admin.get().query(tables).stream()
                        .map(row -> (String) row.get("name"))
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("holes")
    void a_hole_in_the_wall_is_hit(String hole, String open, String close, List<String> through) {
        probe.run(OURS);
        Map<String, Double> before = counted("isolation_probe_hits_total");

        Admin.get().execute(open);
        try {
            probe.run(OURS);
        } finally {
            Admin.get().execute(close);
        }

        Map<String, Double> after = counted("isolation_probe_hits_total");
        Set<String> hits = ALL.stream()
                .filter(attack -> after.get(attack) > before.get(attack))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(hits).as(hole).containsExactlyElementsOf(new TreeSet<>(through));
    }

    private void told() {
        await().until(() ->
                Admin.get().count("SELECT count(*) FROM core.outbox_backoffice WHERE published_at IS NULL") == 0);
        stream.handled(InstanceStatusChanged.TYPE);
    }

    private Map<String, Double> counted(String metric) {
        return meters.find(metric).counters().stream()
                .collect(Collectors.toMap(counter -> counter.getId().getTag("attack"), counter -> counter.count()));
    }

    private static UUID id(Canary canary) {
        return canary.company().value();
    }
}
