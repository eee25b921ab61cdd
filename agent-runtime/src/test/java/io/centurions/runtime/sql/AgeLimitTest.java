package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bubble that certainly was not sent is tried again for three days, while its reply waits for it in its order. */
class AgeLimitTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void within_three_days_it_is_tried_again_and_the_rest_of_the_reply_waits_for_it() {
        chat.plan("um", "dois");
        OffsetDateTime at = NOON.plusHours(71);

        JsonNode later = laterAt(at);

        assertThat(later.path("events")).isEmpty();
        assertThat(chat.said()).isEqualTo("um=planned dois=planned");
        OffsetDateTime again = at.plusSeconds(5);
        assertThat(chat.claimBubble(chat.claimDelivery(again).getFirst(), again))
                .containsEntry("verdict", "send")
                .containsEntry("text", "um");
    }

    @Test
    void after_three_days_it_fails_with_the_reason_and_what_was_planned_later_leaves() {
        chat.plan("um", "dois");
        chat.plan("notice", NOON.plusHours(1), "contrato assinado");
        OffsetDateTime at = NOON.plusHours(72);

        JsonNode later = laterAt(at);

        assertThat(later.path("settled").asBoolean()).isTrue();
        assertThat(Chat.states(later)).containsExactly("FAILED", "SUPERSEDED");
        assertThat(chat.said()).isEqualTo("um=failed dois=superseded contrato assinado=planned");
        assertThat(database.value(
                        "SELECT failure FROM core.messages WHERE conversation_id = ? AND text = 'um'", chat.id()))
                .isEqualTo("http_401");
        OffsetDateTime next = at.plusSeconds(10);
        assertThat(chat.claimBubble(chat.claimDelivery(next).getFirst(), next))
                .containsEntry("text", "contrato assinado");
    }

    @Test
    void with_a_person_in_the_conversation_it_is_dropped_however_old_it_is() {
        chat.plan("um");
        OffsetDateTime at = NOON.plusHours(73);
        long fence = chat.claimDelivery(at).getFirst();
        UUID bubble = chat.begin(fence, at);
        chat.takeOver(at);

        assertThat(Chat.states(later(bubble, fence, at))).containsExactly("SUPERSEDED");
    }

    @Test
    void newer_words_drop_what_rests() {
        chat.plan("um", "dois");
        laterAt(NOON);
        database.receive(NOON.plusSeconds(1), Said.message(chat.instance(), chat.address(), "espera"));

        OffsetDateTime again = NOON.plusSeconds(5);
        assertThat(chat.claimBubble(chat.claimDelivery(again).getFirst(), again))
                .containsEntry("verdict", "none");
        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded");
    }

    private JsonNode laterAt(OffsetDateTime at) {
        long fence = chat.claimDelivery(at).getFirst();
        return later(chat.begin(fence, at), fence, at);
    }

    private JsonNode later(UUID bubble, long fence, OffsetDateTime at) {
        return ConversationDatabase.json(database.asCompany(
                        EVOLUTION,
                        company.id(),
                        "SELECT core.settle_bubble_v2(?, ?, 'later', NULL, 'http_401', NULL, ?)::text AS out",
                        bubble,
                        fence,
                        at)
                .getFirst()
                .get("out"));
    }
}
