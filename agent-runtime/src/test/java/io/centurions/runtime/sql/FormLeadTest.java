package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.BACKOFFICE;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import io.centurions.runtime.sql.ConversationDatabase.Refused;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FormLeadTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final UUID form = UUID.randomUUID();
    private final String phone = Said.phone();

    @BeforeEach
    void form() {
        database.admin(
                "INSERT INTO core.lead_forms (id, company_id, key, name, instance_id) VALUES (?, ?, ?, 'Site', ?)",
                form,
                company.id(),
                "site-" + form,
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
    void the_same_person_by_number_or_by_mail_is_found_again_and_not_announced() {
        JsonNode first = send("{\"phone\":\"+" + phone + "\"}");
        JsonNode byPhone = send("{\"phone\":\"+" + phone.substring(0, 4) + phone.substring(5)
                + "\",\"email\":\"ana@example.com\",\"name\":\"Ana\"}");
        JsonNode byMail = send("{\"email\":\"ANA@example.com\"}");

        assertThat(byPhone.path("lead_id")).isEqualTo(first.path("lead_id"));
        assertThat(byPhone.path("duplicate").asBoolean()).isTrue();
        assertThat(byPhone.path("events")).isEmpty();
        assertThat(byMail.path("lead_id")).isEqualTo(first.path("lead_id"));
        assertThat(database.value("SELECT name FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo("Ana");
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

    private JsonNode send(String lead) {
        return ConversationDatabase.json(
                database.call(BACKOFFICE, """
                    WITH r AS MATERIALIZED (SELECT core.receive_form_lead_v1(?, ?::text::jsonb, ?) AS out),
                         s AS MATERIALIZED (SELECT core.append_events_backoffice_v1(r.out->'events') FROM r)
                    SELECT (r.out)::text AS out FROM r, s
                    """, form, lead, NOON).getFirst().get("out"));
    }
}
