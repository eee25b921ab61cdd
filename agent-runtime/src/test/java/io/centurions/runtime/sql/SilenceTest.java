package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a planned bubble may not leave: the provider's window, consent, the company's own state. */
class SilenceTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void instagram_closes_after_a_day_and_a_lead_who_opted_out_is_not_written_to_first() {
        Chat direct = Chat.answered(database, company, company.instagram(), "igsid-" + Said.id());
        direct.plan("um");
        var tomorrow = NOON.plusHours(24).plusSeconds(1);
        direct.claimBubble(direct.claimDelivery(tomorrow).getFirst(), tomorrow);
        assertThat(database.value(
                        "SELECT status || ':' || failure FROM core.messages WHERE conversation_id = ? AND author ="
                                + " 'machine'",
                        direct.id()))
                .isEqualTo("failed:window_closed");

        database.admin(
                "INSERT INTO core.consents (company_id, lead_id, state, origin) SELECT company_id, lead_id,"
                        + " 'opted_out', 'test' FROM core.conversations WHERE id = ?",
                chat.id());
        chat.plan("follow_up", NOON, "e aí?");
        chat.plan("notice", NOON.plusSeconds(1), "contrato assinado");
        var next = chat.claimBubble(chat.claimDelivery(NOON.plusSeconds(2)).getFirst(), NOON.plusSeconds(2));
        assertThat(next).containsEntry("text", "contrato assinado");
        assertThat(chat.said()).startsWith("e aí?=failed");
    }

    @Test
    void nothing_is_delivered_for_a_suspended_company() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        database.admin("UPDATE core.companies SET status = 'suspended' WHERE id = ?", company.id());

        assertThat(chat.claimBubble(fence, NOON)).containsEntry("verdict", "none");
        assertThat(chat.claimDelivery(NOON.plusMinutes(5))).isEmpty();
    }
}
