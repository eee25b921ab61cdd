package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.BACKOFFICE;
import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Leads are counted where they are made; one for whom the plan has no room is kept with every word. */
class LeadPlacesTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Plan plan = new Plan(database, company);

    @Test
    void a_lead_is_counted_once_however_often_and_wherever_they_write() {
        String phone = Said.phone();
        var item = Said.message(company.whatsapp(), phone, "oi");

        database.receive(NOON, item);
        database.receive(NOON.plusSeconds(1), item);
        database.receive(RUNTIME, NOON.plusSeconds(2), List.of(item));
        database.receive(NOON.plusSeconds(3), Said.message(company.whatsapp(), phone, "tudo bem?"));

        assertThat(plan.used("leads")).isEqualTo(1);
    }

    @Test
    void a_lead_beyond_the_plan_is_kept_with_every_word_and_left_to_people() {
        plan.limit("leads", 1, "block");
        says(NOON, Said.phone());
        String late = Said.phone();

        JsonNode first = says(NOON.plusSeconds(1), late);
        JsonNode second = says(NOON.plusSeconds(2), late);

        assertThat(first.path("outcome").asText()).isEqualTo("stored");
        assertThat(second.path("seq").asLong()).isEqualTo(2);
        assertThat(plan.used("leads")).isEqualTo(1);
        assertThat(plan.waiting()).isEqualTo(1);
        assertThat(plan.held("leads", "waiting_human")).isEqualTo(1);
        assertThat(plan.due()).as("the lead who has a place is answered").isEqualTo(1);
        assertThat(database.admin(
                        "SELECT type FROM core.outbox_evolution WHERE company_id = ? AND payload ->> 'lead' = ? ORDER BY position",
                        company.id(),
                        first.path("lead_id").asText()))
                .extracting(row -> row.get("type"))
                .containsExactly("lead.created", "message.received", "message.received");
    }

    @Test
    void with_the_first_word_after_there_is_room_everything_that_waited_is_answered() {
        plan.limit("leads", 0, "block");
        String phone = Said.phone();
        says(NOON, phone);
        assertThat(plan.held("leads", "waiting_human")).isEqualTo(1);

        plan.limit("leads", 1, "block");
        says(NOON.plusMinutes(5), phone);

        assertThat(plan.due()).isEqualTo(1);
        assertThat(plan.waiting()).isZero();
        assertThat(plan.used("leads")).isEqualTo(1);
        assertThat(database.count(
                        "SELECT inbound_seq - answered_seq FROM core.conversations WHERE company_id = ?", company.id()))
                .isEqualTo(2);
        says(NOON.plusMinutes(6), phone);
        assertThat(plan.used("leads")).as("once admitted, never again").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notify", "allow"})
    void a_limit_that_does_not_block_lets_everybody_in_and_goes_on_counting(String then) {
        plan.limit("leads", 1, then);

        says(NOON, Said.phone());
        says(NOON, Said.phone());

        assertThat(plan.used("leads")).isEqualTo(2);
        assertThat(plan.due()).isEqualTo(2);
    }

    @Test
    void a_plan_counts_until_the_company_has_an_exception_and_an_exception_may_lift_it() {
        UUID id = UUID.randomUUID();
        database.admin(
                "INSERT INTO core.plans (id, name, limits) VALUES (?, ?, '{\"leads\": {\"most\": 0, \"then\": \"block\"}}')",
                id,
                "Plano " + id);
        plan.limits("{}");
        database.admin("UPDATE core.company_plans SET plan_id = ? WHERE company_id = ?", id, company.id());
        says(NOON, Said.phone());
        assertThat(plan.waiting()).isEqualTo(1);

        database.admin(
                "UPDATE core.company_plans SET limits = '{\"leads\": {\"most\": null, \"then\": \"allow\"}}' WHERE company_id = ?",
                company.id());
        says(NOON, Said.phone());

        assertThat(plan.used("leads")).isEqualTo(1);
        assertThat(plan.waiting()).isEqualTo(1);
    }

    @Test
    void a_month_ends_at_midnight_where_the_company_is() {
        plan.limit("leads", 1, "block");
        var lastMoment = OffsetDateTime.parse("2026-04-01T02:59:59Z");
        says(NOON, Said.phone());

        says(lastMoment, Said.phone());
        says(lastMoment.plusSeconds(1), Said.phone());

        assertThat(plan.waiting()).as("the one of the last second of March").isEqualTo(1);
        assertThat(plan.used("leads", "2026-03-01")).isEqualTo(1);
        assertThat(plan.used("leads", "2026-04-01")).isEqualTo(1);
    }

    @RepeatedTest(5)
    void of_many_who_write_at_once_as_many_get_a_place_as_there_are() throws Exception {
        plan.limit("leads", 3, "block");
        var together = new CyclicBarrier(8);
        List<Future<JsonNode>> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                String phone = Said.phone();
                all.add(threads.submit(() -> {
                    together.await();
                    return says(NOON, phone);
                }));
            }
        }

        for (Future<JsonNode> one : all) {
            assertThat(one.get().path("outcome").asText()).isEqualTo("stored");
        }
        assertThat(plan.used("leads")).isEqualTo(3);
        assertThat(plan.due()).isEqualTo(3);
        assertThat(plan.waiting()).isEqualTo(5);
    }

    @Test
    void a_batch_that_passes_the_last_place_is_stored_whole() {
        plan.limit("leads", 1, "block");
        var items = List.of(
                Said.message(company.whatsapp(), Said.phone(), "um"),
                Said.message(company.whatsapp(), Said.phone(), "dois"),
                Said.message(company.instagram(), "ig" + Said.phone(), "três"));

        JsonNode out = database.receive(EVOLUTION, NOON, items);

        assertThat(out.path("results").findValuesAsText("outcome")).containsExactly("stored", "stored", "stored");
        assertThat(plan.due()).isEqualTo(1);
        assertThat(plan.held("leads", "waiting_human")).isEqualTo(2);
    }

    @Test
    void another_companys_full_plan_is_nobody_elses() {
        Company other = database.company();
        new Plan(database, other).limit("leads", 0, "block");

        says(NOON, Said.phone());

        assertThat(plan.due()).isEqualTo(1);
        assertThat(database.asCompany(BACKOFFICE, other.id(), "SELECT * FROM core.usage_months"))
                .isEmpty();
    }

    @Test
    void a_form_of_a_lead_beyond_the_plan_is_kept_and_nobody_writes_first() {
        plan.limit("leads", 0, "block");
        UUID form = UUID.randomUUID();
        database.admin(
                "INSERT INTO core.lead_forms (id, company_id, key, name, instance_id) VALUES (?, ?, ?, 'Site', ?)",
                form,
                company.id(),
                "site-" + form,
                company.whatsapp());

        JsonNode out = ConversationDatabase.json(database.call(
                        BACKOFFICE,
                        "SELECT core.receive_form_lead_v1(?, ?::text::jsonb, ?)::text AS out",
                        form,
                        "{\"name\":\"Ana\",\"phone\":\"+" + Said.phone() + "\"}",
                        NOON)
                .getFirst()
                .get("out"));

        assertThat(out.path("outcome").asText()).isEqualTo("stored");
        assertThat(out.path("events")).hasSize(1);
        assertThat(plan.held("leads", "waiting_human")).isEqualTo(1);
        assertThat(database.count("SELECT count(*) FROM core.form_submissions WHERE company_id = ?", company.id()))
                .isEqualTo(1);
    }

    @Test
    void what_the_plan_has_no_room_for_is_not_given_back_to_the_machine() {
        plan.limit("leads", 0, "block");
        says(NOON, Said.phone());

        JsonNode refused = giveBack();
        plan.limit("leads", 1, "block");
        JsonNode done = giveBack();

        assertThat(refused.path("changed").asBoolean(true)).isFalse();
        assertThat(refused.path("full").asText()).isEqualTo("leads");
        assertThat(done.path("changed").asBoolean()).isTrue();
        assertThat(done.path("events").findValuesAsText("type")).containsExactly("takeover");
        assertThat(plan.due()).isEqualTo(1);
        assertThat(plan.used("leads")).isEqualTo(1);
    }

    @Test
    void a_person_who_answers_a_waiting_lead_keeps_the_conversation() {
        plan.limit("leads", 0, "block");
        String phone = Said.phone();
        says(NOON, phone);
        database.receive(NOON.plusMinutes(1), Said.echo(company.whatsapp(), phone, Said.id(), "Oi, aqui é a Ana"));

        plan.limit("leads", 5, "block");
        says(NOON.plusMinutes(2), phone);

        assertThat(database.value("SELECT state FROM core.conversations WHERE company_id = ?", company.id()))
                .isEqualTo("human");
        assertThat(plan.waiting()).isZero();
    }

    @Test
    void a_lead_that_is_restored_is_not_counted_again() {
        plan.limit("leads", 0, "block");
        var item = Said.message(company.whatsapp(), Said.phone(), "oi").put("received_at", NOON.toString());

        database.call(
                EVOLUTION,
                "SELECT core.rebuild_messages_v1(?::text::jsonb)::text",
                List.of(item).toString());

        assertThat(database.count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo(1);
        assertThat(plan.waiting()).isZero();
    }

    private JsonNode says(OffsetDateTime at, String phone) {
        return database.receive(at, Said.message(company.whatsapp(), phone, "oi"));
    }

    private JsonNode giveBack() {
        UUID conversation =
                (UUID) database.value("SELECT id FROM core.conversations WHERE company_id = ?", company.id());
        return ConversationDatabase.json(database.asCompany(
                        BACKOFFICE,
                        company.id(),
                        "SELECT core.return_to_machine_v1(?, 'supervisor', NULL, ?)::text AS out",
                        conversation,
                        NOON.plusMinutes(10))
                .getFirst()
                .get("out"));
    }
}
