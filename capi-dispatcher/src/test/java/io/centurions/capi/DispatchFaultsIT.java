package io.centurions.capi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.lead.LeadSource;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.DatabaseAway;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Meta, the network or time does to a conversion. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class DispatchFaultsIT {

    @Inject
    RedisDataSource redis;

    @Inject
    Database database;

    @Inject
    Secrets secrets;

    @Test
    void a_failure_of_metas_is_repeated_under_the_same_id() {
        var world = World.withPixel(redis);
        world.fault(503, 2, "Sorry, something went wrong.");

        tellOf(world, world.adLead());
        world.awaitStatus("LeadSubmitted", "sent");

        assertThat(world.posted()).hasSize(3);
        assertThat(world.posted())
                .extracting(event -> event.get("event_id"))
                .containsOnly(world.posted().getFirst().get("event_id"));
        assertThat(attempts(world))
                .extracting(row -> row.get("outcome"))
                .containsExactly("unknown", "unknown", "accepted");
    }

    @Test
    void a_limit_is_waited_for_and_leaves_no_doubt() {
        var world = World.withPixel(redis);
        world.fault(400, 1, error("error-app-limit-4.json"));

        tellOf(world, world.adLead());
        world.awaitStatus("LeadSubmitted", "sent");

        assertThat(attempts(world)).extracting(row -> row.get("outcome")).containsExactly("later", "accepted");
        assertThat(world.row("LeadSubmitted").get("unknown_since")).isNull();
    }

    @Test
    void a_call_that_was_kept_back_is_not_counted() {
        var world = World.withPixel(redis);
        world.limit(Duration.ofSeconds(2));

        tellOf(world, world.adLead());
        World.patiently().until(() -> world.rows().stream().anyMatch(row -> "rate_limited".equals(row.get("reason"))));
        tellOf(world, world.adLead());
        World.patiently()
                .untilAsserted(() -> assertThat(world.rows())
                        .anySatisfy(row -> assertThat(row)
                                .containsEntry("reason", "account_limited")
                                .containsEntry("attempts", 0)));
        World.patiently()
                .untilAsserted(() -> assertThat(world.rows())
                        .extracting(row -> row.get("status"))
                        .containsExactly("sent", "sent"));

        assertThat(world.rows()).extracting(row -> row.get("attempts")).containsExactlyInAnyOrder(2, 1);
        assertThat(attempts(world))
                .extracting(row -> row.get("number"), row -> row.get("outcome"))
                .containsExactlyInAnyOrder(tuple(1, "later"), tuple(2, "accepted"), tuple(1, "accepted"));
    }

    @Test
    void one_bad_event_does_not_take_the_others_with_it() {
        var world = World.withPixel(redis);
        world.status("suspended");
        List.of(world.adLead(), world.adLead()).forEach(lead -> tellOf(world, lead));
        World.patiently().until(() -> world.rows().size() == 2);
        // Refuses the two together, then the first of them alone.
        world.fault(400, 2, error("error-missing-user-data.json"));

        world.status("active");
        World.patiently().until(() -> world.announced().size() == 2);

        assertThat(world.calls()).extracting(body -> body.get("data").size()).containsExactly(2, 1, 1);
        assertThat(world.rows()).extracting(row -> row.get("status")).containsExactlyInAnyOrder("refused", "sent");
        assertThat(world.rows())
                .extracting(row -> row.get("reason"))
                .containsExactlyInAnyOrder("no_customer_data", null);
    }

    @Test
    void a_bad_token_is_parked_for_a_person_and_not_repeated() {
        var world = World.withPixel(redis);
        world.fault(400, 1, error("error-token-invalid.json"));

        tellOf(world, world.adLead());
        world.awaitStatus("LeadSubmitted", "parked");

        assertThat(world.row("LeadSubmitted"))
                .containsEntry("reason", "token_invalid")
                .containsEntry("fbtrace_id", "AFakeTraceId1103");
        assertThat(world.announced().getFirst().get("outcome").textValue()).isEqualTo("PARKED");
        assertThat(world.calls()).hasSize(1);
    }

    @Test
    void a_fact_of_eight_days_is_not_sent() {
        var world = World.withPixel(redis);
        LeadId lead = world.adLead();

        world.tell(
                new LeadCreated(lead, LeadSource.WHATSAPP_AD, null),
                Instant.now().minus(Duration.ofDays(8)));
        World.patiently().until(() -> world.rows().size() == 1);
        world.awaitStatus("LeadSubmitted", "expired");

        assertThat(world.calls()).isEmpty();
        assertThat(world.announced().getFirst().get("reason").textValue()).isEqualTo("event_too_old");
    }

    @Test
    void what_may_have_been_stored_is_not_repeated_after_47_hours() {
        var world = World.withPixel(redis);
        world.status("suspended");
        tellOf(world, world.adLead());
        World.patiently().until(() -> world.rows().size() == 1);
        world.change("calling_since = clock_timestamp() - interval '48 hours'");

        world.status("active");
        world.awaitStatus("LeadSubmitted", "parked");

        assertThat(world.row("LeadSubmitted").get("reason")).isEqualTo("outcome_unknown");
        assertThat(world.calls()).isEmpty();
    }

    @Test
    void what_meta_said_is_kept_by_the_living_worker_until_the_database_is_back() {
        var world = World.withPixel(redis);
        world.delay(Duration.ofSeconds(1));

        tellOf(world, world.adLead());
        World.patiently().until(() -> attempts(world).size() == 1);
        try (var away = DatabaseAway.begins()) {
            // Meta has answered by then, and its answer could not be written.
            World.patiently()
                    .pollDelay(Duration.ofMillis(2_500))
                    .until(() -> world.calls().size() == 1);
            assertThat(world.row("LeadSubmitted").get("status"))
                    .as("during %s", away)
                    .isEqualTo("pending");
        }

        world.awaitStatus("LeadSubmitted", "sent");
        assertThat(attempts(world)).extracting(row -> row.get("outcome")).containsExactly("accepted");
        assertThat(world.calls()).hasSize(1);
    }

    @Test
    void what_was_claimed_and_could_not_be_read_is_sent_without_waiting_for_the_lease() throws InterruptedException {
        var world = World.withPixel(redis);
        world.status("suspended");
        tellOf(world, world.adLead());
        World.patiently().until(() -> world.rows().size() == 1);
        var doubtful = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
        world.change("calling_since = ?::timestamptz", doubtful.toString());

        var locked = Thread.ofVirtual()
                .start(() ->
                        Admin.get().execute("DO $$ BEGIN LOCK TABLE core.pixel_configs; PERFORM pg_sleep(3); END $$"));
        World.patiently()
                .until(() -> Admin.get()
                                .count("SELECT count(*) FROM pg_locks WHERE granted AND mode = 'AccessExclusiveLock'"
                                        + " AND relation = 'core.pixel_configs'::regclass")
                        == 1);
        world.status("active");
        World.patiently().until(() -> world.row("LeadSubmitted").get("leased_by") != null);
        var away = DatabaseAway.begins();
        try {
            locked.join();
        } finally {
            away.close();
        }

        world.awaitStatus("LeadSubmitted", "sent");
        assertThat(world.calls()).hasSize(1);
        assertThat(attempts(world)).extracting(row -> row.get("outcome")).containsExactly("accepted");
        assertThat(world.row("LeadSubmitted").get("unknown_since"))
                .as("what an earlier worker may have sent stays in doubt")
                .isEqualTo(Timestamp.from(doubtful));
    }

    @Test
    void what_a_dead_worker_left_is_sent_by_another_after_its_lease() {
        var world = World.withPixel(redis);
        world.status("suspended");
        tellOf(world, world.adLead());
        World.patiently().until(() -> world.rows().size() == 1);
        world.change("leased_by = 'the dead', leased_until = clock_timestamp() + interval '1 second',"
                + " calling_since = clock_timestamp(), attempts = 1");

        world.status("active");
        world.awaitStatus("LeadSubmitted", "sent");

        assertThat(world.row("LeadSubmitted")).containsEntry("attempts", 2);
        assertThat(world.posted()).hasSize(1);
    }

    @Test
    void a_slow_dataset_holds_back_its_own_company_alone() {
        var slow = World.withPixel(redis);
        var other = World.withPixel(redis);
        slow.delay(Duration.ofSeconds(4));

        tellOf(slow, slow.adLead());
        World.patiently().until(() -> attempts(slow).size() == 1);
        tellOf(slow, slow.adLead());
        World.patiently().until(() -> slow.rows().size() == 2);
        tellOf(other, other.adLead());
        other.awaitStatusOfOnlyRow("sent");

        assertThat(slow.rows()).extracting(row -> row.get("status")).containsOnly("pending");
        assertThat(slow.rows())
                .as("what a company at work gets is left to whoever is free")
                .extracting(row -> row.get("leased_by") == null)
                .containsExactlyInAnyOrder(true, false);
        World.patiently()
                .untilAsserted(() -> assertThat(slow.rows())
                        .extracting(row -> row.get("status"))
                        .containsOnly("sent"));
    }

    @Test
    void a_worker_claims_for_no_more_companies_than_it_asks_for_and_for_none_that_it_serves() {
        List<World> worlds = List.of(World.withPixel(redis), World.withPixel(redis), World.withPixel(redis));
        for (World world : worlds) {
            world.status("suspended");
            tellOf(world, world.adLead());
            World.patiently().until(() -> world.rows().size() == 1);
            world.change("next_attempt_at = clock_timestamp() + interval '1 hour'");
            world.status("active");
        }

        List<Object> claimed = Admin.get()
                .query(
                        "SELECT company_id FROM core.claim_conversions_v2('a-test', 100, '1 second', 1, ARRAY[?]::uuid[],"
                                + " clock_timestamp() + interval '2 hours')",
                        worlds.getFirst().company.value())
                .stream()
                .map(row -> row.get("company_id"))
                .distinct()
                .toList();

        assertThat(claimed).hasSize(1).doesNotContain(worlds.getFirst().company.value());
    }

    @Test
    void a_suspended_company_sends_nothing_until_it_is_active_again() {
        var world = World.withPixel(redis);
        world.status("suspended");

        tellOf(world, world.adLead());
        World.patiently().until(() -> world.rows().size() == 1);
        World.patiently()
                .during(Duration.ofMillis(800))
                .until(() -> world.calls().isEmpty());
        assertThat(world.row("LeadSubmitted").get("status")).isEqualTo("pending");

        world.status("active");
        world.awaitStatus("LeadSubmitted", "sent");
    }

    @Test
    void a_token_that_was_sealed_for_another_company_is_never_used() {
        String stolen = secrets.seal(CompanyId.random(), "access_token", "sandbox-meta-token");
        var world = World.withPixel(redis, "200000000000002", stolen);

        tellOf(world, world.adLead());
        world.awaitStatusOfOnlyRow("parked");

        assertThat(world.rows().getFirst()).containsEntry("reason", "token_unreadable");
        assertThat(world.calls()).isEmpty();
    }

    @Test
    void a_token_of_the_companys_own_goes_before_the_installations() {
        var world = World.withPixel(redis);
        String sealed = secrets.seal(world.company, "access_token", "an-expired-token");
        world.sealedToken(sealed);

        tellOf(world, world.adLead());
        world.awaitStatusOfOnlyRow("parked");

        assertThat(world.rows().getFirst()).containsEntry("reason", "token_invalid");
        assertThat(world.calls()).hasSize(1);
    }

    @Test
    void a_company_sees_neither_the_conversions_nor_the_attempts_of_another() {
        var world = World.withPixel(redis);
        var other = World.withPixel(redis);
        tellOf(world, world.adLead());
        world.awaitStatusOfOnlyRow("sent");

        List<Long> counts = database.asCompany(
                other.company,
                tx -> List.of(
                        tx.first("SELECT count(*) AS n FROM core.marketing_events")
                                .orElseThrow()
                                .getLong("n"),
                        tx.first("SELECT count(*) AS n FROM core.dispatch_attempts")
                                .orElseThrow()
                                .getLong("n")));

        assertThat(counts).containsOnly(0L);
    }

    private static void tellOf(World world, LeadId lead) {
        world.tell(new LeadCreated(lead, LeadSource.WHATSAPP_AD, null));
    }

    private static String error(String captured) {
        return Fixtures.meta(captured).get("response").get("body").toString();
    }

    private static List<Map<String, Object>> attempts(World world) {
        return Admin.get()
                .query(
                        "SELECT * FROM core.dispatch_attempts WHERE company_id = ? ORDER BY number",
                        world.company.value());
    }
}
