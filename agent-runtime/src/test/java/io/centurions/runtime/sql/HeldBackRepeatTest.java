package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The repeat of a call that ended unseen, held back by a limit or an open breaker: no call was made, and the bubble may be there. */
class HeldBackRepeatTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);
    private OffsetDateTime at = NOON;
    private long fence;
    private UUID bubble;

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void it_is_made_when_it_is_due_and_the_rest_of_the_reply_waits_for_it() {
        aRepeat("um", "dois");

        JsonNode held = heldBack();

        assertThat(held.path("settled").asBoolean()).isTrue();
        assertThat(held.path("events")).isEmpty();
        assertThat(chat.said()).isEqualTo("um=sending dois=planned");
        assertThat(chat.claimDelivery(at.plusSeconds(4))).isEmpty();
        resolveAgain(5);
        chat.settle(bubble, fence, "accepted", Said.id(), at);
        assertThat(chat.claimBubble(fence, at.plusSeconds(1))).containsEntry("text", "dois");
        assertThat(chat.said()).isEqualTo("um=accepted dois=sending");
    }

    @Test
    void that_of_a_sender_who_lives_waits_as_well() {
        var second = chat.sayAgain("um", at);
        bubble = second.bubble();
        fence = second.fence();

        heldBack();

        resolveAgain(5);
        assertThat(chat.said()).isEqualTo("um=sending");
    }

    @Test
    void it_holds_no_place_of_who_claimed_it_because_its_sender_was_late() {
        aRepeat("um", "dois");
        at = at.plusSeconds(45);
        long next = chat.claimDelivery(at).getFirst();

        heldBack("PT5M");

        assertThat(chat.claimBubble(next, at)).containsEntry("verdict", "none");
        assertThat(chat.claimDelivery(at.plusMinutes(4))).isEmpty();
        resolveAgain(310);
    }

    @Test
    void however_often_it_was_held_back_it_is_made_once() {
        aRepeat("um");
        for (int wait : new int[] {5, 10, 20}) {
            heldBack();
            resolveAgain(wait);
        }

        at = at.plusSeconds(45);
        fence = chat.claimDelivery(at).getFirst();

        // A third attempt: who gets it calls nobody.
        assertThat(chat.claimBubble(fence, at))
                .containsEntry("verdict", "resolve")
                .containsEntry("attempt", 3);
    }

    @Test
    void told_twice_it_gives_one_attempt_back() {
        aRepeat("um");
        heldBack();

        assertThat(heldBack().path("settled").asBoolean()).isFalse();

        assertThat(chat.said()).isEqualTo("um=sending");
        resolveAgain(5);
    }

    @Test
    void it_waits_as_long_as_the_provider_asks_but_not_beyond_ten_minutes_after_the_call() {
        aRepeat("um", "dois");
        heldBack("PT9M15S");
        assertThat(chat.claimDelivery(at.plusSeconds(9 * 60 + 14))).isEmpty();
        resolveAgain(9 * 60 + 25);

        assertThat(Chat.states(heldBack())).containsExactly("UNKNOWN");

        assertThat(chat.said()).isEqualTo("um=unknown dois=planned");
        assertThat(chat.claimBubble(fence, at.plusSeconds(1))).containsEntry("text", "dois");
    }

    @Test
    void with_a_person_in_the_conversation_it_is_not_made() {
        aRepeat("um", "dois");
        heldBack();
        chat.takeOver(at.plusSeconds(1));

        assertNotMadeAt(at.plusSeconds(5), "um=unknown dois=superseded");
    }

    @Test
    void one_that_is_held_back_after_a_person_came_does_not_wait() {
        aRepeat("um");
        chat.takeOver(at);

        assertThat(Chat.states(heldBack())).containsExactly("UNKNOWN");
    }

    @Test
    void it_is_not_made_once_the_lead_has_gone_on() {
        aRepeat("um", "dois");
        heldBack();
        chat.leadWrites(at.plusSeconds(1), "espera");

        assertNotMadeAt(at.plusSeconds(5), "um=unknown dois=superseded");
    }

    @Test
    void it_is_not_made_behind_a_person_who_came_and_went() {
        aRepeat("um");
        heldBack();
        chat.takeOver(at.plusSeconds(1));
        chat.giveBack(at.plusSeconds(3));

        assertNotMadeAt(at.plusSeconds(5), "um=unknown");
    }

    @Test
    void it_is_not_made_by_who_comes_long_after_it_was_due() {
        aRepeat("um");
        heldBack();

        assertNotMadeAt(at.plusMinutes(11), "um=unknown");
    }

    @Test
    void one_whose_claim_was_cut_off_still_ends_with_newer_words() {
        aRepeat("um");
        heldBack();
        resolveAgain(5);
        database.asCompany(
                RUNTIME,
                company.id(),
                "SELECT core.renew_delivery_v1(?, ?, 'PT30S', ?)::text AS out",
                chat.id(),
                fence,
                at);
        chat.leadWrites(at.plusSeconds(1), "espera");

        assertNotMadeAt(at.plusSeconds(31), "um=unknown");
    }

    private void assertNotMadeAt(OffsetDateTime then, String said) {
        var next = chat.claimBubble(chat.claimDelivery(then).getFirst(), then);

        assertThat(next).containsEntry("verdict", "none");
        assertThat(chat.said()).isEqualTo(said);
    }

    @Test
    void that_of_a_notice_is_made_whatever_the_lead_wrote() {
        chat.plan("notice", at, "contrato assinado");
        chat.begin(at);
        resolveAgain(45);
        heldBack();
        chat.leadWrites(at.plusSeconds(1), "espera");

        resolveAgain(5);
    }

    // A worker died on the first call; another may make the second now.
    private void aRepeat(String... bubbles) {
        chat.plan(bubbles);
        chat.begin(at);
        resolveAgain(45);
    }

    private void resolveAgain(int seconds) {
        at = at.plusSeconds(seconds);
        fence = chat.claimDelivery(at).getFirst();
        var resolve = chat.claimBubble(fence, at);
        assertThat(resolve).containsEntry("verdict", "resolve").containsEntry("attempt", 2);
        bubble = (UUID) resolve.get("bubble_id");
    }

    private JsonNode heldBack() {
        return heldBack(null);
    }

    private JsonNode heldBack(String retryAfter) {
        return chat.later(bubble, fence, retryAfter, at);
    }
}
