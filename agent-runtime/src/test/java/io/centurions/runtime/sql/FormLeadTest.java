package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.BACKOFFICE;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import io.centurions.runtime.sql.ConversationDatabase.Refused;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FormLeadTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final UUID form = UUID.randomUUID();
    private final String phone = Said.phone();

    @BeforeEach
    void form() {
        form(form);
    }

    private void form(UUID id) {
        database.admin(
                "INSERT INTO core.lead_forms (id, company_id, key, name, instance_id) VALUES (?, ?, ?, 'Site', ?)",
                id,
                company.id(),
                "site-" + id,
                company.whatsapp());
    }

    @Test
    void a_number_typed_as_at_home_becomes_a_lead_we_can_write_to_first() {
        String typed = "(%s) %s-%s".formatted(phone.substring(2, 4), phone.substring(4, 9), phone.substring(9));

        JsonNode out = send("{\"name\":\"Ana\",\"phone\":\"" + typed
                + "\",\"email\":\" Ana@Example.com \",\"attribution\":{\"fbclid\":\"f1\",\"fbp\":null}}");

        JsonNode event = out.path("events").get(0);
        assertThat(out.path("duplicate").asBoolean()).isFalse();
        assertThat(event.path("type").asText()).isEqualTo("lead.created");
        assertThat(event.path("payload").path("source").asText()).isEqualTo("FORM");
        assertThat(event.path("payload").path("conversation")).isEqualTo(out.path("conversation_id"));
        assertThat(database.value("SELECT chat_ref FROM core.conversations WHERE company_id = ?", company.id()))
                .isEqualTo(phone);
        assertThat(database.value(
                        "SELECT phone || ' ' || email || ' ' || (attribution::text) FROM core.leads WHERE company_id ="
                                + " ?",
                        company.id()))
                .isEqualTo(phone + " ana@example.com {\"fbclid\": \"f1\"}");
        assertThat(database.value("SELECT turn_due_at FROM core.conversations WHERE company_id = ?", company.id()))
                .isNull();
    }

    @Test
    void the_same_person_with_the_same_form_within_a_day_is_folded() {
        JsonNode first = send("{\"phone\":\"+" + phone + "\"}");
        JsonNode again = send(
                NOON.plusHours(23),
                "{\"phone\":\"+" + phone.substring(0, 4) + phone.substring(5)
                        + "\",\"email\":\"ana@example.com\",\"name\":\"Ana\"}");

        assertThat(again.path("lead_id")).isEqualTo(first.path("lead_id"));
        assertThat(again.path("duplicate").asBoolean()).isTrue();
        assertThat(again.path("events")).isEmpty();
        assertThat(database.value("SELECT name || ' ' || email FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo("Ana ana@example.com");
    }

    @Test
    void somebody_who_comes_back_after_a_day_is_announced_again_as_who_they_are() {
        JsonNode first = send("{\"phone\":\"+" + phone + "\",\"attribution\":{\"fbclid\":\"f1\"}}");
        // Folded ones do not push the day ahead of them.
        send(NOON.plusHours(20), "{\"phone\":\"+" + phone + "\"}");

        JsonNode back = send(NOON.plusHours(24), "{\"phone\":\"+" + phone + "\",\"attribution\":{\"fbclid\":\"f2\"}}");

        assertThat(back.path("duplicate").asBoolean()).isFalse();
        assertThat(back.path("lead_id")).isEqualTo(first.path("lead_id"));
        assertThat(back.path("conversation_id")).isEqualTo(first.path("conversation_id"));
        JsonNode event = back.path("events").get(0);
        assertThat(event.path("payload")).isEqualTo(first.path("events").get(0).path("payload"));
        assertThat(event.path("id")).isNotEqualTo(first.path("events").get(0).path("id"));
        assertThat(event.path("id")).isEqualTo(back.path("submission_id"));
        assertThat(database.value(
                        "SELECT string_agg(announced || coalesce(attribution ->> 'fbclid', ''), ' ' ORDER BY"
                                + " created_at) FROM core.form_submissions WHERE company_id = ?",
                        company.id()))
                .isEqualTo("truef1 false truef2");
    }

    @Test
    void another_form_or_a_form_of_somebody_who_has_only_written_is_announced() {
        JsonNode written = database.receive(NOON, Said.message(company.whatsapp(), phone, "oi"));
        UUID other = UUID.randomUUID();
        form(other);

        JsonNode first = send("{\"phone\":\"+" + phone + "\"}");
        JsonNode second = send(other, NOON, "{\"phone\":\"+" + phone + "\"}");

        assertThat(first.path("lead_id")).isEqualTo(written.path("lead_id"));
        assertThat(second.path("lead_id")).isEqualTo(written.path("lead_id"));
        assertThat(first.path("events").findValuesAsText("type")).containsExactly("lead.created");
        assertThat(second.path("events").findValuesAsText("type")).containsExactly("lead.created");
    }

    @Test
    void a_form_with_a_strangers_number_and_a_leads_mail_is_another_lead_and_moves_no_conversation() {
        JsonNode victim = send("{\"phone\":\"+" + phone + "\",\"email\":\"ana@example.com\"}");
        String attacker = Said.phone();

        JsonNode forged = send("{\"phone\":\"+" + attacker + "\",\"email\":\"ana@example.com\"}");
        JsonNode byMail = send("{\"email\":\"ANA@example.com\"}");
        JsonNode byMailAgain = send("{\"email\":\"ana@example.com\"}");

        assertThat(forged.path("lead_id")).isNotEqualTo(victim.path("lead_id"));
        assertThat(forged.path("conversation_id")).isNotEqualTo(victim.path("conversation_id"));
        assertThat(byMail.path("lead_id")).isNotIn(victim.path("lead_id"), forged.path("lead_id"));
        assertThat(byMail.path("conversation_id").isNull()).isTrue();
        assertThat(byMailAgain.path("lead_id")).isEqualTo(byMail.path("lead_id"));
        assertThat(byMailAgain.path("duplicate").asBoolean()).isTrue();
        assertThat(database.value(
                        "SELECT chat_ref FROM core.conversations WHERE id = ?",
                        UUID.fromString(victim.path("conversation_id").asText())))
                .isEqualTo(phone);
        assertThat(database.value(
                        "SELECT string_agg(kind || ':' || value, ' ' ORDER BY value DESC) FROM core.lead_identities"
                                + " WHERE lead_id = ?",
                        UUID.fromString(victim.path("lead_id").asText())))
                .isEqualTo("phone:" + phone + " phone:" + phone.substring(0, 4) + phone.substring(5));
        assertThat(database.receive(NOON, Said.message(company.whatsapp(), attacker, "oi"))
                        .path("lead_id"))
                .isEqualTo(forged.path("lead_id"));
    }

    @Test
    void a_form_leaves_the_address_that_the_provider_delivers_to() {
        String without = phone.substring(0, 4) + phone.substring(5);
        JsonNode written = database.receive(NOON, Said.message(company.whatsapp(), without, "oi"));

        JsonNode sent = send("{\"phone\":\"+" + phone + "\"}");

        assertThat(sent.path("conversation_id")).isEqualTo(written.path("conversation_id"));
        assertThat(database.value("SELECT chat_ref FROM core.conversations WHERE company_id = ?", company.id()))
                .isEqualTo(without);
    }

    @RepeatedTest(10)
    void a_form_and_a_first_message_at_once_are_one_lead_in_one_conversation() throws Exception {
        var barrier = new CyclicBarrier(3);
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<JsonNode>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(threads.submit(() -> {
                    barrier.await();
                    return send("{\"phone\":\"+" + phone + "\"}");
                }));
            }
            running.add(threads.submit(() -> {
                barrier.await();
                return database.receive(
                        NOON, Said.message(company.whatsapp(), phone.substring(0, 4) + phone.substring(5), "oi"));
            }));
            for (Future<JsonNode> one : running) {
                assertThat(one.get().path("outcome").asText()).isEqualTo("stored");
            }
        }
        assertThat(database.count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo(1);
        assertThat(database.count("SELECT count(*) FROM core.conversations WHERE company_id = ?", company.id()))
                .isEqualTo(1);
        assertThat(database.count(
                        "SELECT count(*) FROM core.form_submissions WHERE announced AND company_id = ?", company.id()))
                .isEqualTo(1);
    }

    @Test
    void the_consent_of_a_form_is_kept_as_given_with_the_page_events_id() {
        send("{\"phone\":\"+" + phone + "\",\"event_id\":\"form-1\",\"consent\":{\"given\":true,\"text\":"
                + "\"Aceito contato\",\"version\":\"v3\",\"at\":\"2026-03-02T11:59:00Z\"}}");

        assertThat(consent()).isEqualTo("opted_in|form:" + form + "|Aceito contato|v3|2026-03-02T11:59:00.000000Z");
        assertThat(database.value(
                        "SELECT attribution ->> 'event_id' FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo("form-1");
    }

    @Test
    void an_unticked_box_is_no_consent_and_a_ticked_one_undoes_no_refusal() {
        send("{\"phone\":\"+" + phone + "\",\"consent\":false}");
        send(NOON.plusMinutes(1), "{\"phone\":\"+" + phone + "\",\"consent\":{\"given\":false,\"text\":\"t\"}}");
        assertThat(database.count("SELECT count(*) FROM core.consents WHERE company_id = ?", company.id()))
                .isZero();

        send(NOON.plusMinutes(2), "{\"phone\":\"+" + phone + "\",\"consent\":true}");
        assertThat(consent()).isEqualTo("opted_in|form:" + form + "|||");

        database.admin(
                "UPDATE core.consents SET state = 'opted_out', origin = 'message' WHERE company_id = ?", company.id());
        send(NOON.plusDays(2), "{\"phone\":\"+" + phone + "\",\"consent\":true}");
        assertThat(consent()).isEqualTo("opted_out|message|||");
    }

    @Test
    void an_archived_company_keeps_nothing() {
        database.admin("UPDATE core.companies SET status = 'archived' WHERE id = ?", company.id());

        JsonNode out = send("{\"phone\":\"+" + phone + "\"}");

        assertThat(out.path("outcome").asText()).isEqualTo("unknown_form");
        assertThat(out.path("events")).isEmpty();
        assertThat(database.count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isZero();
    }

    @Test
    void the_answer_on_whatsapp_comes_into_the_conversation_that_the_form_opened() {
        JsonNode opened = send("{\"phone\":\"+" + phone + "\"}");

        JsonNode answer = database.receive(
                NOON, Said.message(company.whatsapp(), phone.substring(0, 4) + phone.substring(5), "oi"));

        assertThat(answer.path("conversation_id")).isEqualTo(opened.path("conversation_id"));
        assertThat(database.value("SELECT source FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo("form");
    }

    @Test
    void a_form_that_is_switched_off_keeps_nothing_and_a_lead_without_an_address_is_refused() {
        Refused refused = catchThrowableOfType(Refused.class, () -> send("{\"name\":\"Ana\"}"));
        assertThat(refused.state()).isEqualTo("22023");

        database.admin("UPDATE core.lead_forms SET enabled = false WHERE id = ?", form);
        assertThat(send("{\"phone\":\"+" + phone + "\"}").path("outcome").asText())
                .isEqualTo("unknown_form");
        assertThat(database.count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isZero();
    }

    private String consent() {
        return (String) database.value(
                "SELECT concat_ws('|', state, origin, coalesce(wording, ''), coalesce(version, ''),"
                        + " coalesce(core.iso_utc(stated_at), '')) FROM core.consents WHERE company_id = ?",
                company.id());
    }

    private JsonNode send(String lead) {
        return send(NOON, lead);
    }

    private JsonNode send(OffsetDateTime at, String lead) {
        return send(form, at, lead);
    }

    private JsonNode send(UUID through, OffsetDateTime at, String lead) {
        return ConversationDatabase.json(
                database.call(BACKOFFICE, """
                    WITH r AS MATERIALIZED (SELECT core.receive_form_lead_v1(?, ?::text::jsonb, ?) AS out),
                         s AS MATERIALIZED (SELECT core.append_events_backoffice_v1(r.out->'events') FROM r)
                    SELECT (r.out)::text AS out FROM r, s
                    """, through, lead, at).getFirst().get("out"));
    }
}
