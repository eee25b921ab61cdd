package io.centurions.runtime.greet;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Companies.DemoCompany;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.Scene;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class GreetFormLeadIT {

    @Inject
    GreetFormLead greet;

    @Inject
    Secrets secrets;

    private DemoCompany demo;
    private final EventId submission = EventId.random();
    private LeadId lead;
    private ConversationId conversation;

    // Its events are not stored, so that nobody but the test greets it.
    @BeforeEach
    void receiveLead() {
        demo = Companies.make("forma");
        UUID form = UUID.randomUUID();
        Admin.get()
                .execute(
                        "INSERT INTO core.lead_forms (id, company_id, key, name, instance_id, field_map, enabled) VALUES (?, ?, ?, 'Site', ?, '{}', true)",
                        form,
                        demo.company().value(),
                        "site-" + form.toString().substring(0, 8),
                        demo.whatsapp().value());
        Admin.get()
                .queryOne(
                        "SELECT (core.receive_form_lead_v1(?, ?::jsonb))::text AS out",
                        form,
                        "{\"name\":\"Beatriz Demo\",\"phone\":\"11 98888-7777\",\"email\":\"b@example.com\"}");
        Map<String, Object> row = Admin.get()
                .queryOne(
                        "SELECT id, lead_id FROM core.conversations WHERE company_id = ?",
                        demo.company().value());
        lead = LeadId.of((UUID) row.get("lead_id"));
        conversation = ConversationId.of((UUID) row.get("id"));
    }

    @Test
    void a_suspended_company_writes_to_nobody_first() {
        Admin.get()
                .execute(
                        "UPDATE core.companies SET status = 'suspended' WHERE id = ?",
                        demo.company().value());

        assertThat(greet.greet(demo.company(), submission, lead, conversation))
                .isEqualTo(new GreetFormLead.Result.Done());

        assertThat(firstWords()).isZero();
    }

    @Test
    void an_active_one_does() {
        assertThat(greet.greet(demo.company(), submission, lead, conversation))
                .isEqualTo(new GreetFormLead.Result.Done());

        assertThat(firstWords()).isPositive();
    }

    @Test
    void a_repeat_of_the_event_greets_once_and_a_form_of_another_day_greets_again() {
        greet.greet(demo.company(), submission, lead, conversation);
        long once = firstWords();
        greet.greet(demo.company(), submission, lead, conversation);
        assertThat(firstWords()).isEqualTo(once);

        greet.greet(demo.company(), EventId.random(), lead, conversation);

        assertThat(firstWords()).isGreaterThan(once);
    }

    @Test
    void a_company_whose_plan_pays_for_no_model_leaves_the_first_words_to_people() {
        Admin.get()
                .execute(
                        "INSERT INTO core.company_plans (company_id, limits) VALUES (?, '{\"modelSpend\": {\"most\": 0, \"then\": \"block\"}}')",
                        demo.company().value());

        assertThat(greet.greet(demo.company(), submission, lead, conversation))
                .isEqualTo(new GreetFormLead.Result.Done());

        assertThat(firstWords()).isZero();
        assertThat(Admin.get()
                        .queryOne("SELECT state, held_for FROM core.conversations WHERE id = ?", conversation.value()))
                .containsEntry("state", "waiting_human")
                .containsEntry("held_for", "modelSpend");
    }

    @Test
    void a_model_that_asks_us_to_wait_is_asked_again_only_when_the_time_is_over() {
        Scene.open("http://unused", secrets).fault("""
                {"provider":"openai","path":"/chat/completions","status":429,"headers":{"Retry-After":"120"},"times":1}
                """);

        var first = greet.greet(demo.company(), submission, lead, conversation);
        var second = greet.greet(demo.company(), submission, lead, conversation);
        Admin.get()
                .execute(
                        "UPDATE core.conversations SET throttled_until = clock_timestamp() WHERE id = ?"
                                + " AND throttled_until BETWEEN clock_timestamp() + interval '100 s' AND clock_timestamp() + interval '120 s'",
                        conversation.value());
        var third = greet.greet(demo.company(), submission, lead, conversation);

        assertThat(first).isEqualTo(new GreetFormLead.Result.NotYet("model_unavailable"));
        assertThat(second).isEqualTo(new GreetFormLead.Result.NotYet("model_throttled"));
        assertThat(third).isEqualTo(new GreetFormLead.Result.Done());
        assertThat(firstWords()).isPositive();
    }

    private long firstWords() {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.messages WHERE company_id = ? AND purpose = 'first_contact'",
                        demo.company().value());
    }
}
