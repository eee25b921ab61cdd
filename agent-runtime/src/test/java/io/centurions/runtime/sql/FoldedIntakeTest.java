package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many webhooks in one statement: what comes of it is what would have come of each by itself. */
class FoldedIntakeTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final String ana = Said.phone();
    private final String bia = Said.phone();

    @BeforeEach
    void two_leads_are_known() {
        database.receive(NOON, Said.message(company.whatsapp(), ana, "oi"));
        database.receive(NOON, Said.message(company.whatsapp(), bia, "olá"));
    }

    @Test
    void messages_of_known_leads_are_numbered_in_their_order_and_announced_each() {
        JsonNode out = receive(
                Said.message(company.whatsapp(), ana, "um"),
                Said.message(company.whatsapp(), bia, "dois"),
                Said.message(company.whatsapp(), ana, "três"));

        assertThat(out.path("results").findValuesAsText("outcome")).containsExactly("stored", "stored", "stored");
        assertThat(out.path("results").findValuesAsText("seq")).containsExactly("2", "2", "3");
        assertThat(out.path("events").findValuesAsText("type"))
                .containsExactly("message.received", "message.received", "message.received");
        assertThat(texts(ana)).containsExactly("oi", "um", "três");
        assertThat(texts(bia)).containsExactly("olá", "dois");
    }

    @Test
    void a_newcomer_a_repeat_and_an_edit_among_them_end_as_they_would_alone() {
        ObjectNode said = Said.message(company.whatsapp(), ana, "às 14h");
        String carla = Said.phone();
        ObjectNode edit = Said.item(
                        company.whatsapp(),
                        "edit",
                        ana,
                        "in",
                        said.path("provider_message_id").asText(),
                        "1")
                .put("text", "às 15h");

        JsonNode out = receive(edit, said, said.deepCopy(), Said.message(company.whatsapp(), carla, "nova"));

        assertThat(out.path("results").findValuesAsText("outcome"))
                .containsExactly("applied", "stored", "duplicate", "stored");
        assertThat(out.path("results").get(2).path("message_id"))
                .isEqualTo(out.path("results").get(1).path("message_id"));
        assertThat(texts(ana)).containsExactly("oi", "às 15h");
        assertThat(texts(carla)).containsExactly("nova");
    }

    @Test
    void where_one_message_of_a_chat_tells_something_new_of_the_lead_all_of_the_chat_keep_their_order() {
        ObjectNode click = Said.message(company.whatsapp(), ana, "dois");
        click.putObject("referral").put("ctwa_clid", "click-1");

        JsonNode out = receive(
                Said.message(company.whatsapp(), ana, "um"), click, Said.message(company.whatsapp(), ana, "três"));

        assertThat(out.path("results").findValuesAsText("seq")).containsExactly("2", "3", "4");
        assertThat(texts(ana)).containsExactly("oi", "um", "dois", "três");
        assertThat(database.value(
                        "SELECT attribution ->> 'ctwa_clid' FROM core.leads WHERE company_id = ? AND phone = ?",
                        company.id(),
                        ana))
                .isEqualTo("click-1");
    }

    @Test
    void what_was_said_of_a_message_before_it_came_is_applied_to_a_known_leads_too() {
        String id = Said.id();
        var deleted = Said.item(company.whatsapp(), "delete", ana, "in", id, "0");
        var edited = Said.item(company.whatsapp(), "edit", ana, "in", id, "1").put("text", "outra coisa");
        assertThat(receive(deleted, edited).path("results").findValuesAsText("outcome"))
                .containsExactly("kept", "kept");

        receive(Said.message(company.whatsapp(), ana, id, "mal escrito"));

        var message = database.admin(
                        "SELECT text, deleted_at FROM core.messages WHERE company_id = ? AND provider_message_id = ?",
                        company.id(),
                        id)
                .getFirst();
        assertThat(message.get("deleted_at")).isNotNull();
        assertThat(database.count("SELECT count(*) FROM core.pending_marks WHERE company_id = ?", company.id()))
                .isZero();
    }

    @Test
    void two_replicas_told_the_same_folds_in_another_order_store_each_once() throws Exception {
        List<ObjectNode> told = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            told.add(Said.message(company.whatsapp(), i % 3 == 0 ? ana : bia, "m" + i));
        }
        List<ObjectNode> backwards = told.reversed();

        try (var replicas = Executors.newFixedThreadPool(2)) {
            Future<JsonNode> one = replicas.submit(() -> database.receive(EVOLUTION, NOON, told));
            Future<JsonNode> other = replicas.submit(() -> database.receive(EVOLUTION, NOON, backwards));
            List<String> outcomes = new ArrayList<>(one.get().path("results").findValuesAsText("outcome"));
            outcomes.addAll(other.get().path("results").findValuesAsText("outcome"));

            assertThat(outcomes).filteredOn("stored"::equals).hasSize(24);
            assertThat(outcomes).filteredOn("duplicate"::equals).hasSize(24);
        }
        assertThat(texts(ana)).hasSize(9);
        assertThat(texts(bia)).hasSize(17);
    }

    @Test
    void a_fold_over_two_companies_leaves_each_with_its_own() {
        Company other = database.company();
        database.receive(NOON, Said.message(other.whatsapp(), ana, "oi, outra empresa"));

        JsonNode out =
                receive(Said.message(company.whatsapp(), ana, "aqui"), Said.message(other.whatsapp(), ana, "lá"));

        assertThat(out.path("results").findValuesAsText("company_id"))
                .containsExactly(company.id().toString(), other.id().toString());
        assertThat(texts(ana)).containsExactly("oi", "aqui");
    }

    private JsonNode receive(ObjectNode... items) {
        return database.receive(EVOLUTION, NOON, List.of(items));
    }

    private List<Object> texts(String phone) {
        return database
                .admin(
                        "SELECT m.text FROM core.messages m JOIN core.conversations c ON c.id = m.conversation_id "
                                + "WHERE c.company_id = ? AND c.chat_ref = ? ORDER BY m.seq",
                        company.id(),
                        phone)
                .stream()
                .map(Map::values)
                .map(values -> values.iterator().next())
                .toList();
    }
}
