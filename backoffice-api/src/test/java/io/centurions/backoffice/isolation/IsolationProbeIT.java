package io.centurions.backoffice.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
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
    private static final Set<String> ALL =
            Set.of("by-id", "list", "search", "schema", "write", "no-claims", "stream", "secret", "api", "file");

    @Inject
    IsolationProbe probe;

    @Inject
    @All
    List<Attack> attacks;

    @Inject
    Database database;

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
            assertThat(Admin.get().query("SELECT * FROM core.company_schema_diff_v1(?)", canary.schema()))
                    .isEmpty();
            assertThat(Admin.get().query("SELECT 1 FROM core.outbox_backoffice WHERE company_id = ?", id(canary)))
                    .as("nobody is told of them")
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

    /**
     * What is tried is possible: against oneself it succeeds. The other two ask for nothing that is
     * one's own.
     */
    @Test
    void every_attack_gets_at_what_no_wall_protects() {
        probe.run(OURS);

        assertThat(attacks.stream()
                        .filter(attack ->
                                !attack.attempt(Canary.ONE, Canary.ONE).isEmpty())
                        .map(Attack::name))
                .containsExactlyInAnyOrder("by-id", "search", "schema", "write", "stream", "secret", "api", "file");

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
                        "ALTER TABLE core.leads DISABLE ROW LEVEL SECURITY",
                        "ALTER TABLE core.leads ENABLE ROW LEVEL SECURITY",
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
                        List.of("schema")));
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

    private Map<String, Double> counted(String metric) {
        return meters.find(metric).counters().stream()
                .collect(Collectors.toMap(counter -> counter.getId().getTag("attack"), counter -> counter.count()));
    }

    private static UUID id(Canary canary) {
        return canary.company().value();
    }
}
