package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import io.centurions.runtime.sql.ConversationDatabase.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Restoring what leads said from the raw webhooks: the projections, and nothing else. */
class RebuildTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final String phone = Said.phone();
    private final ObjectNode first = Said.message(company.whatsapp(), phone, "um");
    private final ObjectNode second = Said.message(company.whatsapp(), phone, "dois");
    private final ObjectNode third = Said.message(company.whatsapp(), phone, "três");
    private final ObjectNode edit = Said.item(
                    company.whatsapp(),
                    "edit",
                    phone,
                    "in",
                    second.path("provider_message_id").asText(),
                    "1")
            .put("text", "dois, corrigido");

    @Test
    void its_role_can_write_no_outbox() {
        for (String service : List.of("backoffice", "runtime", "evolution", "autentique", "capi")) {
            for (String right : List.of("INSERT", "UPDATE", "DELETE")) {
                assertThat(database.value(
                                "SELECT has_table_privilege('core_rebuild', ?, ?)", "core.outbox_" + service, right))
                        .as(right + " on the outbox of " + service)
                        .isEqualTo(false);
            }
            assertThat(database.value(
                            "SELECT has_function_privilege('core_rebuild', ?, 'EXECUTE')",
                            "core.append_events_" + service + "_v1(jsonb)"))
                    .isEqualTo(false);
        }
        assertThatThrownBy(() -> database.admin(
                        "SET ROLE core_rebuild; INSERT INTO core.outbox_evolution (company_id, id, type, subject, "
                                + "occurred_at, correlation_id, payload) VALUES (gen_random_uuid(), gen_random_uuid(), 'x', gen_random_uuid(), "
                                + "now(), gen_random_uuid(), '{}')"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("permission denied");
    }

    @Test
    void a_message_that_is_missing_comes_back_as_it_was_and_nothing_else_moves() {
        receive(first, second, third, edit);
        Object id =
                database.value("SELECT id FROM core.messages WHERE company_id = ? AND text LIKE 'dois%'", company.id());
        answered();
        var before = state();
        database.admin("DELETE FROM core.messages WHERE id = ?", id);

        assertThat(rebuild(first, second, third, edit)).isEqualTo(account(2, 2));

        assertThat(database.admin(
                        "SELECT id, seq, text FROM core.messages WHERE company_id = ? ORDER BY seq", company.id()))
                .extracting(row -> row.get("text"))
                .containsExactly("um", "dois, corrigido", "três");
        assertThat(database.value("SELECT id FROM core.messages WHERE company_id = ? AND seq = 2", company.id()))
                .isEqualTo(id);
        assertThat(state()).isEqualTo(before);
        assertThat(rebuild(first, second, third, edit)).isEqualTo(account(0, 4));
    }

    @Test
    void a_lead_that_is_wholly_lost_comes_back_and_owes_no_answer() {
        receive(first, second, third);
        for (String table : List.of("messages", "message_keys", "conversations", "lead_identities", "leads")) {
            database.admin("DELETE FROM core." + table + " WHERE company_id = ?", company.id());
        }
        long events = events();

        assertThat(rebuild(first, second, third)).isEqualTo(account(3, 0));
        assertThat(rebuild(first, second, third)).isEqualTo(account(0, 3));

        assertThat(database.admin(
                        "SELECT seq, text FROM core.messages WHERE company_id = ? ORDER BY seq", company.id()))
                .extracting(row -> row.get("text"))
                .containsExactly("um", "dois", "três");
        var conversation = database.admin(
                        "SELECT inbound_seq, answered_seq, turn_due_at, burst_started_at FROM core.conversations WHERE company_id = ?",
                        company.id())
                .getFirst();
        assertThat(conversation.get("inbound_seq")).isEqualTo(3L);
        assertThat(conversation.get("answered_seq")).isEqualTo(3L);
        assertThat(conversation.get("turn_due_at")).isNull();
        assertThat(conversation.get("burst_started_at")).isNull();
        assertThat(database.count(
                        "SELECT count(*) FROM core.leads WHERE company_id = ? AND rebuilt_at IS NOT NULL",
                        company.id()))
                .isOne();
        assertThat(events()).isEqualTo(events);
        // A repeat of the provider's finds the keys again.
        assertThat(receive(first).path("results").get(0).path("outcome").asText())
                .isEqualTo("duplicate");
    }

    @Test
    void words_that_wait_without_a_deadline_still_wait_when_a_message_is_restored_behind_them() {
        receive(first, second, third);
        for (String state : List.of("ai", "human")) {
            database.admin(
                    "UPDATE core.conversations SET answered_seq = 1, turn_due_at = NULL, burst_started_at = NULL, state = ? "
                            + "WHERE company_id = ?",
                    state,
                    company.id());

            rebuild(Said.message(company.whatsapp(), phone, "da outra vez, " + state));

            assertThat(database.value("SELECT answered_seq FROM core.conversations WHERE company_id = ?", company.id()))
                    .as(state)
                    .isEqualTo(1L);
        }
        assertThat(database.value("SELECT inbound_seq FROM core.conversations WHERE company_id = ?", company.id()))
                .isEqualTo(5L);
    }

    @Test
    void a_status_an_echo_and_a_deleted_instance_change_nothing() {
        receive(first);
        database.admin(
                "UPDATE core.channel_instances SET deleted_at = now(), status = 'deleted' WHERE id = ?",
                company.telegram());

        JsonNode account = rebuild(
                Said.echo(company.whatsapp(), phone, Said.id(), "da nossa parte"),
                Said.status(company.whatsapp(), phone, Said.id(), "read"),
                Said.message(company.telegram(), "77", "ninguém"));

        assertThat(account).isEqualTo(account(0, 3));
        assertThat(database.count("SELECT count(*) FROM core.messages WHERE company_id = ?", company.id()))
                .isOne();
    }

    @Test
    void what_a_lead_took_back_is_not_brought_back() {
        var taken = Said.item(
                company.whatsapp(),
                "delete",
                phone,
                "in",
                second.path("provider_message_id").asText(),
                "0");
        receive(first, second, taken);
        database.admin("DELETE FROM core.messages WHERE company_id = ? AND seq = 2", company.id());

        assertThat(rebuild(first, second, taken)).isEqualTo(account(2, 1));

        assertThat(database.value("SELECT text FROM core.messages WHERE company_id = ? AND seq = 2", company.id()))
                .isNull();
    }

    private JsonNode receive(ObjectNode... items) {
        return database.receive(EVOLUTION, NOON, List.of(items));
    }

    private JsonNode rebuild(ObjectNode... items) {
        for (ObjectNode item : items) {
            item.put("received_at", NOON.toString());
        }
        return ConversationDatabase.json(database.call(
                        EVOLUTION,
                        "SELECT core.rebuild_messages_v1(?::text::jsonb)::text AS account",
                        List.of(items).toString())
                .getFirst()
                .get("account"));
    }

    private static JsonNode account(int restored, int unchanged) {
        return ConversationDatabase.json("{\"restored\":%d,\"unchanged\":%d}".formatted(restored, unchanged));
    }

    private void answered() {
        database.admin(
                "UPDATE core.conversations SET answered_seq = inbound_seq, turn_due_at = NULL, burst_started_at = NULL WHERE company_id = ?",
                company.id());
    }

    private Object state() {
        return database.admin(
                "SELECT inbound_seq, answered_seq, fence, epoch, state, turn_due_at, burst_started_at, (SELECT count(*) FROM core.outbox_evolution o "
                        + "WHERE o.company_id = c.company_id) AS events FROM core.conversations c WHERE company_id = ?",
                company.id());
    }

    private long events() {
        return database.count("SELECT count(*) FROM core.outbox_evolution WHERE company_id = ?", company.id());
    }
}
