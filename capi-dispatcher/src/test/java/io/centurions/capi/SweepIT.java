package io.centurions.capi;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.arc.All;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each fact is arranged as if its event had been lost; the sweep's interval is not waited for. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class SweepIT {

    @Inject
    RedisDataSource redis;

    @Inject
    @All
    List<OwnedJob> jobs;

    @Test
    void a_lead_that_came_far_without_any_event_is_told_three_times_once_each() {
        var world = World.withPixel(redis);
        LeadId lead = aged(world, world.adLead());
        qualify(lead, HandoffId.random());
        DealId deal = DealId.random();
        won(world, deal, lead, Instant.now().minusSeconds(60));
        sign(world, deal, lead, Instant.now().minusSeconds(90));

        run("sweep-facts");
        run("sweep-facts");

        World.patiently().until(() -> world.announced().size() == 3);
        run("sweep-facts");
        assertThat(world.postedNames()).containsExactlyInAnyOrder("LeadSubmitted", "QualifiedLead", "Purchase");
        assertThat(world.rows()).hasSize(3);
    }

    @Test
    void a_fact_keeps_its_own_time() {
        var world = World.withoutPixel(redis);
        LeadId lead = aged(world, world.adLead());
        Instant qualifiedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        qualify(lead, HandoffId.random());
        Instant signedAt = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MILLIS);
        DealId deal = DealId.random();
        world.mirror(deal, lead, 100);
        sign(world, deal, lead, signedAt);

        run("sweep-facts");

        assertThat(factAt(world, "Purchase")).isEqualTo(signedAt);
        assertThat(factAt(world, "QualifiedLead")).isBetween(qualifiedAt.minusMillis(5), qualifiedAt.plusSeconds(5));
        assertThat(factAt(world, "LeadSubmitted")).isBefore(qualifiedAt.minusSeconds(50));
    }

    @Test
    void an_event_that_comes_after_its_fact_was_swept_tells_nothing_again() {
        var world = World.withPixel(redis);
        LeadId lead = aged(world, world.adLead());
        DealId deal = DealId.random();
        world.mirror(deal, lead, 100);
        sign(world, deal, lead, Instant.now().minusSeconds(60));
        run("sweep-facts");
        World.patiently().until(() -> world.announced().size() == 2);

        world.tell(new ContractSigned(ContractId.random(), deal, lead, Instant.now()));
        run("sweep-facts");

        World.patiently().during(Duration.ofSeconds(1)).until(() -> world.rows().size() == 2);
        assertThat(world.posted()).hasSize(2);
    }

    @Test
    void a_lead_of_this_moment_and_one_that_was_rebuilt_are_left_alone() {
        var world = World.withPixel(redis);
        world.adLead();
        LeadId rebuilt = aged(world, world.adLead());
        Admin.get().execute("UPDATE core.leads SET rebuilt_at = now() WHERE id = ?", rebuilt.value());

        run("sweep-facts");

        assertThat(world.rows()).isEmpty();
    }

    @Test
    void a_fact_older_than_meta_takes_is_not_dug_up() {
        var world = World.withPixel(redis);
        LeadId lead = world.adLead();
        Admin.get().execute("UPDATE core.leads SET created_at = now() - interval '8 days' WHERE id = ?", lead.value());

        run("sweep-facts");

        assertThat(world.rows()).isEmpty();
    }

    @Test
    void an_overdue_conversion_is_reported() {
        var world = World.withPixel(redis);
        aged(world, world.adLead());
        world.status("suspended");
        run("sweep-facts");
        World.patiently().until(() -> world.rows().size() == 1);
        world.change("next_attempt_at = now() - interval '1 min'");
        long others = overdue();

        world.change("leased_by = 'another', leased_until = now() + interval '1 h'");
        world.status("active");
        assertThat(overdue()).as("somebody has it").isEqualTo(others);

        run("sweep-conversions");
        world.change("leased_until = now()");
        world.awaitStatusOfOnlyRow("sent");
    }

    @Test
    void tries_and_conversions_are_forgotten_in_their_time() {
        var world = World.withoutPixel(redis);
        aged(world, world.adLead());
        aged(world, world.lead("whatsapp", "{}"));
        run("sweep-facts");
        world.change("created_at = now() - interval '14 months'");
        Admin.get().execute("""
                INSERT INTO core.dispatch_attempts (company_id, conversion_id, number, batch_size, started_at)
                SELECT company_id, id, 1, 1, now() - row_number() OVER () * interval '60 days'
                  FROM core.marketing_events WHERE company_id = ?
                """, world.company.value());

        run("forget-old-rows");

        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.dispatch_attempts WHERE company_id = ?",
                                world.company.value()))
                .isOne();
        assertThat(world.rows()).as("the one with a try that is kept").hasSize(1);
    }

    private void run(String job) {
        jobs.stream()
                .filter(found -> found.name().equals(job))
                .findFirst()
                .orElseThrow()
                .run(() -> true);
    }

    private static long overdue() {
        return Admin.get().count("SELECT core.count_overdue_conversions_v1('20 s')");
    }

    private static LeadId aged(World world, LeadId lead) {
        Admin.get()
                .execute(
                        "UPDATE core.leads SET created_at = created_at - interval '1 min' WHERE company_id = ? AND id = ?",
                        world.company.value(),
                        lead.value());
        return lead;
    }

    private static void qualify(LeadId lead, HandoffId handoff) {
        Admin.get()
                .execute(
                        "UPDATE core.leads SET stage = 'qualified', score = 80, handoff_id = ?, updated_at = now() - interval '30 s' WHERE id = ?",
                        handoff.value(),
                        lead.value());
    }

    private static void won(World world, DealId deal, LeadId lead, Instant at) {
        world.mirror(deal, lead, 250_000);
        Admin.get()
                .execute(
                        "UPDATE core.deals_index SET status = 'won', first_won_at = ?::timestamptz, updated_at = now() - interval '30 s' WHERE deal_id = ?",
                        at.toString(),
                        deal.value());
    }

    private static void sign(World world, DealId deal, LeadId lead, Instant at) {
        Admin.get().execute("""
                WITH t AS (
                    INSERT INTO core.contract_templates (company_id, name, version, body)
                    VALUES (?, 'Modelo', 1, 'Texto') RETURNING company_id, id)
                INSERT INTO core.contracts (company_id, deal_id, lead_id, template_id, name, status, status_at, autentique_id,
                                            idempotency_key, request_hash, updated_at)
                SELECT company_id, ?, ?, id, 'Contrato', 'signed', ?::timestamptz, gen_random_uuid()::text, gen_random_uuid()::text,
                       '\\x00', now() - interval '30 s'
                  FROM t
                """, world.company.value(), deal.value(), lead.value(), at.toString());
    }

    private static Instant factAt(World world, String name) {
        Map<String, Object> row = Admin.get()
                .queryOne(
                        "SELECT extract(epoch FROM fact_at)::numeric * 1000 AS ms FROM core.marketing_events WHERE company_id = ? AND event_name = ?",
                        world.company.value(),
                        name);
        return Instant.ofEpochMilli(((Number) row.get("ms")).longValue());
    }
}
