package io.centurions.evolution.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.delivery.DeliverReplies;
import io.centurions.platform.jobs.Delivering;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.RestingBubbles;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Companies.DemoCompany;
import io.centurions.platform.testkit.Plans;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class SweepIT {

    private static final Lease OURS = () -> true;

    @Inject
    ForgetOldRows forget;

    @Inject
    Database database;

    @Inject
    DeliverReplies delivery;

    @Inject
    SweepConfig config;

    @Inject
    @All
    List<OwnedJob> jobs;

    @Test
    void media_left_behind_are_found_by_their_time() {
        String messages = """
                INSERT INTO core.messages (company_id, conversation_id, direction, author, seq, kind, media, status, created_at)
                SELECT :company, gen_random_uuid(), 'in', 'lead', n, 'image', '{"state": "pending"}', 'received', now() - n * interval '1 min'
                  FROM generate_series(1, 100000) AS n
                """;

        String plan = Plans.on(Admin.get())
                .of(
                        "media_left_behind_v2",
                        Map.of(
                                "p_limit", "50",
                                "p_age", "interval '20 s'",
                                "p_back", "interval '1 h'",
                                "p_now", "now()"),
                        messages);

        assertThat(plan).contains("messages_media_wanted_idx").doesNotContain("Seq Scan on messages");
    }

    @Test
    void what_happened_to_an_instance_is_forgotten_after_ninety_days() {
        var demo = Companies.make("velho");
        Admin.get().execute("""
                INSERT INTO core.whatsapp_instances (instance_id, company_id, evolution_name, webhook_secret_hash)
                VALUES (?, ?, ?, decode(repeat('00', 32), 'hex'))
                """, demo.whatsapp().value(), demo.company().value(), demo.whatsappName());
        event(demo.company().value(), demo.whatsapp().value(), 91);
        event(demo.company().value(), demo.whatsapp().value(), 89);

        forget.run(OURS);

        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.instance_events WHERE company_id = ?",
                                demo.company().value()))
                .isOne();
    }

    @Test
    void bubbles_are_watched_over_by_jobs_of_this_service() {
        assertThat(jobs).extracting(OwnedJob::name).contains("sweep-bubbles", "sweep-resting");
    }

    @Test
    void bubbles_that_rest_are_shown_and_end_when_their_instance_is_deleted() {
        var demo = Companies.make("repousa");
        aRestingBubble(demo);

        // With a registry of its own: the gauges of an application that ended before stay in the common one.
        var gauges = new SimpleMeterRegistry();
        var ours = new Delivering(List.of("whatsapp"), delivery::wake);
        var restingBubbles = new RestingBubbles(ours, config.every(), database, gauges, Clock.systemUTC());
        restingBubbles.run(OURS);
        assertThat(resting(gauges, "bubbles_resting")).isPositive();
        assertThat(resting(gauges, "bubbles_resting_oldest_seconds")).isBetween(7_200.0, 7_260.0);

        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET status = 'deleted', deleted_at = now() WHERE company_id = ?",
                        demo.company().value());
        restingBubbles.run(OURS);
        await().until(() -> Admin.get()
                        .count(
                                "SELECT count(*) FROM core.messages WHERE company_id = ? AND failure = 'instance_deleted'",
                                demo.company().value())
                == 1);
    }

    @Test
    void bubbles_that_rest_are_shown_by_who_has_looked_of_late() {
        aRestingBubble(Companies.make("mostra"));
        var now = new AtomicReference<>(Instant.parse("2026-03-02T12:00:00Z"));
        var gauges = new SimpleMeterRegistry();
        var ours = new Delivering(List.of("whatsapp"), delivery::wake);
        var restingBubbles = new RestingBubbles(ours, Duration.ofSeconds(10), database, gauges, now::get);
        assertThat(resting(gauges, "bubbles_resting")).as("never looked").isZero();

        restingBubbles.run(OURS);

        now.set(Instant.parse("2026-03-02T12:00:29.999Z"));
        assertThat(resting(gauges, "bubbles_resting")).isPositive();
        now.set(Instant.parse("2026-03-02T12:00:30Z"));
        assertThat(resting(gauges, "bubbles_resting")).isZero();
        assertThat(resting(gauges, "bubbles_resting_oldest_seconds")).isZero();
    }

    @Test
    void bubbles_that_rest_are_shown_also_while_rousing_them_fails() {
        var demo = Companies.make("falha");
        aRestingBubble(demo);
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET status = 'deleted', deleted_at = now() WHERE company_id = ?",
                        demo.company().value());
        var gauges = new SimpleMeterRegistry();
        var ours = new Delivering(List.of("whatsapp"), () -> {
            throw new IllegalStateException("told so by the test");
        });
        var restingBubbles = new RestingBubbles(ours, config.every(), database, gauges, Clock.systemUTC());

        assertThatThrownBy(() -> restingBubbles.run(OURS)).hasMessage("told so by the test");

        assertThat(resting(gauges, "bubbles_resting")).isPositive();
    }

    @Test
    void bubbles_that_rest_at_an_instance_that_works_again_are_due_soon() {
        var demo = Companies.make("volta");
        aRestingBubble(demo);
        Admin.get().execute("""
                UPDATE core.conversations SET rests_since = now(), rests_until = now() + interval '1 h', asked_to_rest_until = now()
                 WHERE company_id = ?
                """, demo.company().value());
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET mended_at = clock_timestamp() WHERE id = ?",
                        demo.whatsapp().value());
        var ours = new Delivering(List.of("whatsapp"), delivery::wake);

        new RestingBubbles(ours, config.every(), database, new SimpleMeterRegistry(), Clock.systemUTC()).run(OURS);

        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.messages WHERE company_id = ? AND due_at <= now() + interval '10 s'",
                                demo.company().value()))
                .isOne();
    }

    private static void aRestingBubble(DemoCompany demo) {
        Admin.get().execute("""
                WITH lead AS (INSERT INTO core.leads (company_id, source) VALUES (?, 'whatsapp') RETURNING company_id, id)
                INSERT INTO core.conversations (company_id, lead_id, instance_id, channel, chat_ref)
                SELECT company_id, id, ?, 'whatsapp', '5511999990001' FROM lead
                """, demo.company().value(), demo.whatsapp().value());
        Admin.get().execute("""
                INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, kind, text, status,
                                           due_at, created_at)
                SELECT company_id, id, 'out', 'machine', gen_random_uuid(), 0, 'answer', 'text', 'Olá', 'planned',
                       now() + interval '1 h', now() - interval '2 h'
                  FROM core.conversations WHERE company_id = ?
                """, demo.company().value());
    }

    private static double resting(MeterRegistry gauges, String gauge) {
        return gauges.get(gauge).tag("channel", "whatsapp").gauge().value();
    }

    private static void event(UUID company, UUID instance, int daysAgo) {
        Admin.get()
                .execute(
                        "INSERT INTO core.instance_events (company_id, instance_id, kind, at) VALUES (?, ?, 'state', now() - ? * interval '1 day')",
                        company,
                        instance,
                        daysAgo);
    }
}
