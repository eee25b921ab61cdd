package io.centurions.backoffice.isolation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.StreamIn;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.security.ApiKey;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.KnownPeople;
import io.centurions.backoffice.security.OpenDoor;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holes outside the database, each met by its own way; and what a hit sets off. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ProbeHitsIT {

    private static final Lease OURS = () -> true;
    private static final Path DEPLOY = Path.of("../deploy");

    @Inject
    IsolationProbe probe;

    @Inject
    Database database;

    @Inject
    CompanyDoor door;

    @Inject
    KnownPeople people;

    @Inject
    StreamIn stream;

    @Inject
    MeterRegistry meters;

    private final Errors errors = new Errors();

    @BeforeEach
    void listen() {
        probe.run(OURS);
        Logger.getLogger(IsolationProbe.class.getName()).addHandler(errors);
    }

    @AfterEach
    void hear_no_more() {
        Logger.getLogger(IsolationProbe.class.getName()).removeHandler(errors);
    }

    @Test
    void a_door_that_lets_everybody_in_is_met_by_a_request() {
        CompanyDoor real = ClientProxy.unwrap(door);
        QuarkusMock.installMockForType(new OpenDoor(database), CompanyDoor.class);
        try {
            assertThat(hitBy(() -> probe.run(OURS))).containsExactly("api");
        } finally {
            QuarkusMock.installMockForType(real, CompanyDoor.class);
        }

        assertThat(errors.heard)
                .anySatisfy(line -> assertThat(line)
                        .contains("attack api", "GET /v1/companies/{companyId}/channels/{id}", "runbook isolation"));
    }

    @Test
    void somebody_who_is_remembered_as_somebody_else_is_met_in_the_cache() {
        Admin.get().execute("ALTER FUNCTION core.find_person_v1(text, text) RENAME TO find_person_kept");
        Admin.get().execute("""
                CREATE FUNCTION core.find_person_v1(p_subject text, p_email text)
                    RETURNS TABLE (company_id uuid, role text, status text)
                    LANGUAGE sql SECURITY DEFINER AS
                $$ SELECT u.company_id, u.role, u.status FROM core.company_users u WHERE u.email = p_email $$""");
        people.forget();
        try {
            assertThat(hitBy(() -> probe.run(OURS))).containsExactly("cache");
        } finally {
            Admin.get().execute("DROP FUNCTION core.find_person_v1(text, text)");
            Admin.get().execute("ALTER FUNCTION core.find_person_kept(text, text) RENAME TO find_person_v1");
            people.forget();
        }

        assertThat(errors.heard).hasSize(2).allSatisfy(line -> assertThat(line).contains("runbook isolation"));
    }

    @Test
    void a_consumer_that_takes_a_thing_by_its_id_alone_is_met_through_the_stream() {
        Admin.get().execute("""
                CREATE FUNCTION core.by_id_alone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    IF pg_catalog.pg_trigger_depth() = 1 THEN
                        UPDATE core.channel_instances SET status = 'error' WHERE id = '%s';
                    END IF;
                    RETURN NULL;
                END $$""".formatted(Canary.TWO.instance()));
        Admin.get()
                .execute("CREATE TRIGGER by_id_alone AFTER UPDATE ON core.channel_instances "
                        + "FOR EACH STATEMENT EXECUTE FUNCTION core.by_id_alone()");
        try {
            probe.run(OURS);
            told();
        } finally {
            Admin.get().execute("DROP TRIGGER by_id_alone ON core.channel_instances");
            Admin.get().execute("DROP FUNCTION core.by_id_alone()");
        }

        assertThat(hitBy(() -> probe.run(OURS))).containsExactly("stream");
        assertThat(errors.heard).anySatisfy(line -> assertThat(line).contains("attack stream", "runbook isolation"));
        assertThat(hitBy(() -> probe.run(OURS))).as("it was mended").isEmpty();
    }

    @Test
    void a_key_that_opens_nothing_is_no_wall_that_stands() {
        double tried = counted("isolation_probe_attempts_total").get("api");
        Admin.get().execute("UPDATE core.api_keys SET revoked_at = now() WHERE name = 'isolation probe'");
        try {
            assertThatThrownBy(() -> probe.run(OURS)).hasMessageContaining("cannot be tried");
        } finally {
            Admin.get().execute("UPDATE core.api_keys SET revoked_at = NULL WHERE name = 'isolation probe'");
        }

        assertThat(counted("isolation_probe_attempts_total").get("api")).isEqualTo(tried);
    }

    @Test
    void the_scope_of_a_canary_is_worth_nothing_to_a_company() {
        var company = Api.aCompany("verdadeira");
        ApiKey key = ApiKey.of(UUID.randomUUID());
        Admin.get()
                .execute(
                        "INSERT INTO core.api_keys (company_id, id, name, prefix, hash, scopes) "
                                + "VALUES (?, ?, 'Um', ?, ?, '{canary}')",
                        company.id(),
                        key.id(),
                        key.prefix(),
                        key.hash());

        given().header("X-Api-Key", key.text()).get(company.path()).then().statusCode(401);
    }

    @Test
    void a_hit_of_any_attack_pages_somebody_who_finds_what_to_do() throws IOException {
        String rules = Files.readString(DEPLOY.resolve("observability/isolation-alerts.yml"));
        String runbook = Files.readString(DEPLOY.resolve("runbooks/README.md"));

        assertThat(rules)
                .contains("expr: increase(isolation_probe_hits_total[1h]) > 0", "deploy/runbooks/README.md#isolation");
        String section = runbook.substring(runbook.indexOf("\n## isolation\n"), runbook.indexOf("\n## files\n"));
        for (String attack : counted("isolation_probe_hits_total").keySet()) {
            assertThat(section).contains("`" + attack + "`");
        }
    }

    /** The attacks that hit more than before. */
    private Set<String> hitBy(Runnable act) {
        Map<String, Double> before = counted("isolation_probe_hits_total");
        act.run();
        Map<String, Double> after = counted("isolation_probe_hits_total");
        return after.keySet().stream()
                .filter(attack -> after.get(attack) > before.get(attack))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the canaries have told has reached our consumer. */
    private void told() {
        await().until(() ->
                Admin.get().count("SELECT count(*) FROM core.outbox_backoffice WHERE published_at IS NULL") == 0);
        stream.handled(InstanceStatusChanged.TYPE);
    }

    private Map<String, Double> counted(String metric) {
        return meters.find(metric).counters().stream()
                .collect(Collectors.toMap(counter -> counter.getId().getTag("attack"), counter -> counter.count()));
    }

    private static final class Errors extends Handler {

        private final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
                heard.add(String.format(line.getMessage(), line.getParameters()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
