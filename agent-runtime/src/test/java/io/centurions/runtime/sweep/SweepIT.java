package io.centurions.runtime.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.jobs.Delivering;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OverdueBubbles;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.RestingBubbles;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Companies.DemoCompany;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.reply.PlannedReplies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each state is arranged as if its event had been lost; the sweep's interval is not waited for. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class SweepIT {

    private static final Lease OURS = () -> true;

    @Inject
    UngreetedFormLeads ungreeted;

    @Inject
    UntoldSignatures untold;

    @Inject
    Bursts bursts;

    @Inject
    OverdueBubbles overdueBubbles;

    @Inject
    Database database;

    @Inject
    PlannedReplies delivery;

    @Inject
    SweepConfig config;

    @Inject
    @All
    List<OwnedJob> jobs;

    @Inject
    ForgetOldRows forget;

    @Inject
    MeterRegistry meters;

    private DemoCompany demo;

    @BeforeEach
    void aCompany() {
        demo = Companies.make("varre");
    }

    @Test
    void a_form_lead_whose_event_was_lost_is_greeted_once() {
        aFormOfAMinuteAgo();
        double before = found("ungreeted-form-leads");

        ungreeted.run(OURS);
        long once = bubbles("first_contact");
        ungreeted.run(OURS);

        assertThat(once).isPositive();
        assertThat(bubbles("first_contact")).isEqualTo(once);
        assertThat(found("ungreeted-form-leads")).isGreaterThan(before);
    }

    @Test
    void a_form_lead_who_wrote_or_was_spoken_with_meanwhile_is_not_greeted() {
        aFormOfAMinuteAgo();
        conversation("inbound_seq = 1, answered_seq = 1, last_inbound_at = now() - interval '40 s'");
        ungreeted.run(OURS);
        assertThat(bubbles("first_contact")).isZero();

        conversation("inbound_seq = 0, answered_seq = 0, last_inbound_at = NULL, last_outbound_at = now()");
        ungreeted.run(OURS);
        assertThat(bubbles("first_contact")).isZero();
    }

    @Test
    void a_form_of_this_moment_is_left_to_its_event() {
        aForm();

        ungreeted.run(OURS);

        assertThat(bubbles("first_contact")).isZero();
    }

    @Test
    void a_lead_whose_contract_is_signed_is_told_once() {
        UUID lead = aChat(0);
        aSignedContract(lead);

        untold.run(OURS);
        untold.run(OURS);

        assertThat(bubbles("notice")).isOne();
    }

    @Test
    void a_lead_whom_a_person_looks_after_is_not_told() {
        UUID lead = aChat(0);
        aSignedContract(lead);
        Admin.get().execute("""
                INSERT INTO core.takeovers (company_id, conversation_id, taken_by, epoch, taken_at, returned_at)
                SELECT company_id, id, 'phone', 1, now() - interval '2 min', now() FROM core.conversations WHERE company_id = ?
                """, demo.company().value());

        untold.run(OURS);

        assertThat(bubbles("notice")).isZero();
    }

    @Test
    void a_burst_without_a_deadline_is_answered_once() {
        aChat(1);

        bursts.run(OURS);
        bursts.run(OURS);

        await().until(() -> turns("answer") == 1);
        bursts.run(OURS);
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.conversations WHERE company_id = ? AND answered_seq = 1 AND turn_due_at IS NULL",
                                demo.company().value()))
                .isOne();
        assertThat(turns("answer")).isOne();
    }

    @Test
    void a_bubble_is_reported_when_nobody_has_its_conversation() {
        aChat(0);
        Admin.get().execute("""
                INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, kind, text, status, created_at)
                SELECT company_id, id, 'out', 'machine', gen_random_uuid(), 0, 'answer', 'text', 'Olá', 'planned', now() - interval '1 min'
                  FROM core.conversations WHERE company_id = ?
                """, demo.company().value());
        conversation("channel = 'telegram', delivery_lease_until = now() + interval '1 h'");
        double before = found("overdue-bubbles");
        overdueBubbles.run(OURS);
        assertThat(found("overdue-bubbles")).as("somebody has it").isEqualTo(before);

        // The loop of this service would claim it at once, so the channel is one that it does not serve and we ask for.
        conversation("channel = 'whatsapp', delivery_lease_until = NULL");
        assertThat(Admin.get().count("SELECT core.count_overdue_deliveries_v1(ARRAY['whatsapp'], '30 s')"))
                .isPositive();
    }

    @Test
    void bubbles_are_watched_over_by_jobs_of_this_service() {
        assertThat(jobs).extracting(OwnedJob::name).contains("sweep-bubbles", "sweep-resting");
    }

    @Test
    void bubbles_that_rest_are_shown_and_end_when_their_instance_is_deleted() {
        aChat(0);
        conversation("channel = 'telegram', delivery_lease_until = now() + interval '1 h'");
        Admin.get().execute("""
                INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, kind, text, status,
                                           due_at, created_at)
                SELECT company_id, id, 'out', 'machine', gen_random_uuid(), 0, 'answer', 'text', 'Olá', 'planned',
                       now() + interval '1 h', now() - interval '2 h'
                  FROM core.conversations WHERE company_id = ?
                """, demo.company().value());

        // With a registry of its own: the gauges of an application that ended before stay in the common one.
        var gauges = new SimpleMeterRegistry();
        var ours = new Delivering(List.of("telegram"), delivery::planned);
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
                                "SELECT count(*) FROM core.messages WHERE company_id = ? AND status = 'superseded' AND failure = 'instance_deleted'",
                                demo.company().value())
                == 1);
        restingBubbles.run(OURS);
        assertThat(resting(gauges, "bubbles_resting_oldest_seconds")).isLessThan(7_200);
    }

    @Test
    void marks_that_found_no_message_are_forgotten_in_their_time() {
        mark("now() - interval '1 s'");
        mark("now() + interval '1 day'");

        forget.run(OURS);

        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.pending_marks WHERE company_id = ?",
                                demo.company().value()))
                .isOne();
    }

    private void mark(String expires) {
        Admin.get().execute("""
                INSERT INTO core.pending_marks (company_id, instance_id, what, provider_message_id, item, expires_at)
                VALUES (?, gen_random_uuid(), 'status', 'X', '{}', %s)
                """.formatted(expires), demo.company().value());
    }

    // Its events are not stored: the announcement is lost.
    private void aForm() {
        UUID form = UUID.randomUUID();
        Admin.get()
                .execute(
                        "INSERT INTO core.lead_forms (id, company_id, key, name, instance_id) VALUES (?, ?, ?, 'Site', ?)",
                        form,
                        demo.company().value(),
                        "site-" + form.toString().substring(0, 8),
                        demo.whatsapp().value());
        Admin.get()
                .queryOne(
                        "SELECT (core.receive_form_lead_v1(?, ?::jsonb))::text AS out",
                        form,
                        "{\"name\":\"Beatriz Demo\",\"phone\":\"11 98888-7777\"}");
    }

    private void aFormOfAMinuteAgo() {
        aForm();
        Admin.get()
                .execute(
                        "UPDATE core.form_submissions SET created_at = created_at - interval '1 min' WHERE company_id = ?",
                        demo.company().value());
    }

    private UUID aChat(int unanswered) {
        UUID lead = UUID.randomUUID();
        UUID conversation = UUID.randomUUID();
        Admin admin = Admin.get();
        UUID company = demo.company().value();
        admin.execute("INSERT INTO core.leads (id, company_id, source) VALUES (?, ?, 'whatsapp')", lead, company);
        admin.execute("""
                INSERT INTO core.conversations (id, company_id, lead_id, instance_id, channel, chat_ref, inbound_seq, last_inbound_at)
                VALUES (?, ?, ?, ?, 'whatsapp', '5511999990000', ?, now() - interval '1 min')
                """, conversation, company, lead, demo.whatsapp().value(), unanswered);
        for (int seq = 1; seq <= unanswered; seq++) {
            admin.execute("""
                    INSERT INTO core.messages (company_id, conversation_id, direction, author, seq, kind, text, status)
                    VALUES (?, ?, 'in', 'lead', ?, 'text', 'oi', 'received')
                    """, company, conversation, seq);
        }
        return lead;
    }

    private void aSignedContract(UUID lead) {
        Admin.get().execute("""
                WITH t AS (
                    INSERT INTO core.contract_templates (company_id, name, version, body)
                    VALUES (?, 'Modelo', 1, 'Texto') RETURNING company_id, id)
                INSERT INTO core.contracts (company_id, deal_id, lead_id, template_id, name, status, status_at, autentique_id,
                                            idempotency_key, request_hash, updated_at)
                SELECT company_id, gen_random_uuid(), ?, id, 'Contrato', 'signed', now() - interval '1 min', gen_random_uuid()::text,
                       gen_random_uuid()::text, '\\x00', now() - interval '1 min'
                  FROM t
                """, demo.company().value(), lead);
    }

    private void conversation(String assignments) {
        Admin.get()
                .execute(
                        "UPDATE core.conversations SET " + assignments + " WHERE company_id = ?",
                        demo.company().value());
    }

    private long bubbles(String purpose) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.messages WHERE company_id = ? AND purpose = ?",
                        demo.company().value(),
                        purpose);
    }

    private long turns(String purpose) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.turns WHERE company_id = ? AND purpose = ?",
                        demo.company().value(),
                        purpose);
    }

    private static double resting(MeterRegistry gauges, String gauge) {
        return gauges.get(gauge).tag("channel", "telegram").gauge().value();
    }

    private double found(String sweep) {
        return meters.counter("sweep_found_total", "sweep", sweep).count();
    }
}
