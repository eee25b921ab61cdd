package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import org.junit.jupiter.api.Test;

/** What comes for a message that we do not know yet: edits, reactions, deletions, statuses. */
class MarksTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final String phone = Said.phone();

    @Test
    void an_edit_a_reaction_and_a_deletion_wait_for_the_message_they_mean() {
        String id = Said.id();
        var edit = Said.item(company.whatsapp(), "edit", phone, "in", id, "1")
                .put("text", "às 15h")
                .put("reply_to", "another");
        var reaction = Said.item(company.whatsapp(), "reaction", phone, "in", Said.id(), "0")
                .put("text", "👍")
                .put("reply_to", id);
        assertThat(database.receive(NOON, edit).path("outcome").asText()).isEqualTo("kept");
        assertThat(database.receive(NOON, reaction).path("outcome").asText()).isEqualTo("kept");

        database.receive(NOON, Said.message(company.whatsapp(), phone, id, "às 14h"));

        var message = database.admin(
                "SELECT text, reactions::text AS reactions FROM core.messages WHERE company_id = ?", company.id());
        assertThat(message.getFirst().get("text")).isEqualTo("às 15h");
        assertThat(message.getFirst().get("reactions")).isEqualTo("{\"person\": \"👍\"}");
        assertThat(database.count("SELECT count(*) FROM core.pending_marks WHERE company_id = ?", company.id()))
                .isZero();

        assertThat(database.receive(NOON, Said.item(company.whatsapp(), "delete", phone, "in", id, "0"))
                        .path("outcome")
                        .asText())
                .isEqualTo("applied");
        assertThat(database.value("SELECT text FROM core.messages WHERE company_id = ?", company.id()))
                .isNull();
    }

    @Test
    void a_mark_whose_message_never_comes_is_forgotten_after_seven_days() {
        database.receive(NOON, Said.status(company.whatsapp(), phone, Said.id(), "read"));

        database.call(
                RUNTIME,
                "SELECT core.forget_expired_marks_v1(1000, ?)",
                NOON.plusDays(7).minusSeconds(1));
        assertThat(database.count("SELECT count(*) FROM core.pending_marks WHERE company_id = ?", company.id()))
                .isEqualTo(1);
        database.call(RUNTIME, "SELECT core.forget_expired_marks_v1(1000, ?)", NOON.plusDays(7));
        assertThat(database.count("SELECT count(*) FROM core.pending_marks WHERE company_id = ?", company.id()))
                .isZero();
    }
}
