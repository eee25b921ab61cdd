package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.Turns.nothingWaiting;
import static io.centurions.runtime.sql.Turns.waitingSince;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person takes a conversation while a call of its answer is on the wire, and gives it back: how the call ends decides what waits. */
class GivenBackDuringACallTest {

    private static final OffsetDateTime LATER = NOON.plusMinutes(2);

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);
    private final Turns turns = new Turns(chat);

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void an_answer_that_is_on_the_wire_stays_the_answer() {
        turns.answered(1, 1, "um", "dois");
        chat.begin(NOON);

        chat.takeOver(NOON);
        chat.giveBack(NOON);

        assertThat(turns.waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void a_call_that_was_certainly_not_made_left_nothing() {
        turns.answered(1, 1, "um", "dois");
        var call = chat.begin(NOON);

        chat.takeOver(NOON);
        chat.settle(call, "later", null, NOON);
        chat.giveBack(LATER);

        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded");
        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 0));
    }

    @Test
    void a_call_that_was_not_made_is_dropped_with_the_rest_although_it_was_given_back_before() {
        turns.answered(1, 1, "um", "dois");
        var call = chat.begin(NOON);
        chat.takeOver(NOON.plusSeconds(1));
        chat.giveBack(NOON.plusSeconds(2));
        assertThat(turns.waiting()).as("it may arrive yet").isEqualTo(nothingWaiting());

        chat.settle(call, "later", null, LATER);

        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded");
        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 0));
        assertThat(turns.answered(1, 1, "três")).as("another answer has room").isTrue();
    }

    @Test
    void what_was_not_heard_is_known_to_wait_also_while_the_plan_holds_the_conversation() {
        turns.answered(1, 1, "um");
        var call = chat.begin(NOON);
        chat.takeOver(NOON.plusSeconds(1));
        chat.giveBack(NOON.plusSeconds(2));
        database.admin(
                "UPDATE core.conversations SET state = 'waiting_human', held_for = 'leads' WHERE id = ?", chat.id());

        chat.settle(call, "later", null, LATER);

        assertThat(turns.waiting()).containsEntry("state", "waiting_human").containsEntry("answered_seq", 0L);
    }

    @Test
    void a_claim_that_is_taken_back_is_dropped_with_the_rest_although_it_was_given_back_before() {
        turns.answered(1, 1, "um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.begin(fence, NOON);
        chat.takeOver(NOON.plusSeconds(1));
        chat.giveBack(NOON.plusSeconds(2));

        database.asCompany(
                EVOLUTION,
                company.id(),
                "SELECT core.renew_delivery_v1(?, ?, interval '10 s', ?)",
                chat.id(),
                fence,
                LATER);

        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded");
        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 0));
    }

    @Test
    void an_answer_before_that_one_which_nobody_heard_either_goes_with_it() {
        turns.answered(1, 1, "um");
        var call = chat.begin(NOON);
        chat.leadWrites(NOON.plusSeconds(1), "e o preço?");
        turns.answered(2, 2, "dois");
        chat.takeOver(NOON.plusSeconds(2));

        chat.settle(call, "later", null, NOON.plusSeconds(3));
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 0));
        assertThat(turns.answered(1, 2, "três")).as("one answer to both").isTrue();
    }

    @Test
    void a_call_that_was_not_made_while_a_person_wrote_is_dropped_and_not_followed() {
        turns.answered(1, 1, "um", "dois");
        var call = chat.begin(NOON);
        chat.takeOver(NOON.plusSeconds(1));
        chat.personWrites(NOON.plusSeconds(2), "sim, aqui");
        chat.giveBack(NOON.plusSeconds(3));

        chat.settle(call, "later", null, LATER);

        assertThat(chat.said()).contains("um=superseded dois=superseded");
        assertThat(database.admin("SELECT answered_seq, turn_due_at FROM core.conversations WHERE id = ?", chat.id()))
                .first()
                .satisfies(
                        row -> assertThat(row).containsEntry("answered_seq", 1L).containsEntry("turn_due_at", null));
    }

    @Test
    void a_silence_behind_an_answer_that_was_not_sent_is_no_answer() {
        var call = silenceBehindACall();
        chat.takeOver(NOON.plusSeconds(2));
        chat.giveBack(NOON.plusSeconds(3));
        assertThat(turns.waiting()).as("it may arrive yet").isEqualTo(nothingWaiting(2));

        chat.settle(call, "later", null, LATER);

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 0));
        assertThat(turns.answered(1, 2, "três")).as("one answer to both").isTrue();
        assertThat(turns.answered(1, 2, "quatro"))
                .as("a second one has no room")
                .isFalse();
    }

    @Test
    void nor_is_one_behind_an_answer_that_was_put_back_and_dropped_before_it_could_be_sent_again() {
        var call = silenceBehindACall();
        chat.settle(call, "later", null, NOON.plusSeconds(2));
        chat.takeOver(NOON.plusSeconds(3));

        chat.giveBack(LATER);

        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded");
        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 0));
    }

    @Test
    void nor_is_a_burst_that_was_closed_without_a_turn() {
        turns.answered(1, 1, "um");
        var call = chat.begin(NOON);
        chat.leadWrites(NOON.plusSeconds(1), "ok");
        chat.answer(2);
        chat.takeOver(NOON.plusSeconds(2));
        chat.giveBack(NOON.plusSeconds(3));

        chat.settle(call, "later", null, LATER);

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 0));
    }

    @Test
    void a_silence_behind_an_answer_that_arrived_stands() {
        var call = silenceBehindACall();
        chat.takeOver(NOON.plusSeconds(2));
        chat.giveBack(NOON.plusSeconds(3));

        chat.settle(call, "accepted", Said.id(), LATER);

        assertThat(turns.waiting()).isEqualTo(nothingWaiting(2));
    }

    @Test
    void a_silence_of_who_knew_that_newer_words_had_dropped_the_answer_stands() {
        turns.answered(1, 1, "um");
        chat.leadWrites(NOON.plusSeconds(1), "deixa");
        turns.answered(2, 2);

        chat.takeOver(NOON.plusSeconds(2));
        chat.giveBack(LATER);

        assertThat(chat.said()).isEqualTo("um=superseded");
        assertThat(turns.waiting()).isEqualTo(nothingWaiting(2));
    }

    @Test
    void once_both_were_answered_in_one_they_stay_so() {
        var call = silenceBehindACall();
        chat.takeOver(NOON.plusSeconds(2));
        chat.settle(call, "later", null, NOON.plusSeconds(3));
        chat.giveBack(NOON.plusSeconds(4));
        turns.answered(1, 2, "três");
        turns.heard("três");

        chat.takeOver(NOON.plusSeconds(5));
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(nothingWaiting(2));
    }

    private Chat.OnTheWire silenceBehindACall() {
        turns.answered(1, 1, "um", "dois");
        var call = chat.begin(NOON);
        chat.leadWrites(NOON.plusSeconds(1), "ok");
        turns.answered(2, 2);
        return call;
    }
}
