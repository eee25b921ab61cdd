package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A conversation that a person takes after its burst was answered, and gives back: whether the lead still waits for an answer. */
class GivenBackTest {

    private static final OffsetDateTime LATER = NOON.plusMinutes(2);

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void a_burst_whose_answer_was_dropped_whole_waits_for_another() {
        assertThat(answered(1, 1, "um", "dois")).isTrue();

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(waitingSince(LATER, 0));
        assertThat(answered(1, 1, "três")).as("another answer has room").isTrue();
        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded três=planned");
    }

    @Test
    void all_words_of_that_burst_wait_and_none_before() {
        database.receive(NOON, Said.message(chat.instance(), chat.address(), "e mais"));
        database.receive(NOON, Said.message(chat.instance(), chat.address(), "e isto"));
        answered(2, 3, "um");

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(waitingSince(LATER, 1));
    }

    @Test
    void a_burst_taken_and_given_back_again_has_one_answer_each_time() {
        answered(1, 1, "um");
        chat.takeOver(NOON);
        chat.giveBack(NOON);
        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(waiting()).as("nothing was answered in between").isEqualTo(waitingSince(LATER, 0));

        assertThat(answered(1, 1, "dois")).isTrue();
        chat.takeOver(LATER);
        chat.giveBack(LATER.plusMinutes(1));

        assertThat(waiting()).isEqualTo(waitingSince(LATER.plusMinutes(1), 0));
        assertThat(answered(1, 1, "três")).isTrue();
        assertThat(answered(1, 1, "quatro")).as("a second one has no room").isFalse();
    }

    @Test
    void once_another_answer_was_heard_the_dropped_one_is_history() {
        answered(1, 1, "um");
        chat.takeOver(NOON);
        chat.giveBack(NOON);
        answered(1, 1, "dois");
        heard("dois");

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void a_person_who_wrote_has_answered() {
        answered(1, 1, "um");

        chat.takeOver(NOON);
        database.receive(NOON, Said.echo(chat.instance(), chat.address(), Said.id(), "sim, aqui"));
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void a_person_whose_words_waited_while_the_answer_was_committed_has_answered() {
        answered(1, 1, "um");

        database.receive(NOON.minusSeconds(1), Said.echo(chat.instance(), chat.address(), Said.id(), "sim, aqui"));
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void only_what_the_lead_wrote_after_a_persons_answer_waits() {
        answered(1, 1, "um");

        chat.takeOver(NOON);
        database.receive(NOON.plusSeconds(1), Said.echo(chat.instance(), chat.address(), Said.id(), "sim, aqui"));
        database.receive(NOON.plusSeconds(2), Said.message(chat.instance(), chat.address(), "e o preço?"));
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(waitingSince(LATER, 1));
    }

    @Test
    void what_a_person_answered_before_two_answers_that_nobody_heard_stays_answered() {
        answered(1, 1, "um");
        chat.takeOver(NOON);
        database.receive(NOON.plusSeconds(1), Said.echo(chat.instance(), chat.address(), Said.id(), "sim, aqui"));
        chat.giveBack(NOON.plusSeconds(2));
        database.receive(NOON.plusSeconds(3), Said.message(chat.instance(), chat.address(), "e o preço?"));
        answered(2, 2, "dois");

        chat.takeOver(NOON.plusSeconds(4));
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(waitingSince(LATER, 1));
    }

    @Test
    void a_dropped_answer_of_earlier_words_is_history_once_later_ones_were_answered() {
        answered(1, 1, "um");
        chat.takeOver(NOON);
        database.receive(NOON.plusSeconds(1), Said.echo(chat.instance(), chat.address(), Said.id(), "sim, aqui"));
        chat.giveBack(NOON.plusSeconds(2));
        database.receive(NOON.plusSeconds(3), Said.message(chat.instance(), chat.address(), "e o preço?"));
        answered(2, 2, "dois");
        heard("dois");

        chat.takeOver(NOON.plusSeconds(4));
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(nothingWaiting(2));
    }

    @Test
    void a_person_who_took_it_on_the_phone_has_answered() {
        answered(1, 1, "um");

        database.receive(
                EVOLUTION, NOON, List.of(Said.echo(chat.instance(), chat.address(), Said.id(), "deixa comigo")));
        chat.giveBack(LATER);

        assertThat(chat.said()).contains("um=superseded");
        assertThat(waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void an_answer_of_which_something_left_stays_the_answer() {
        answered(1, 1, "um", "dois");
        heard("um");

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(chat.said()).isEqualTo("um=accepted dois=superseded");
        assertThat(waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void an_answer_that_is_on_the_wire_stays_the_answer() {
        answered(1, 1, "um", "dois");
        chat.begin(chat.claimDelivery(NOON).getFirst(), NOON);

        chat.takeOver(NOON);
        chat.giveBack(NOON);

        assertThat(waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void a_call_that_was_certainly_not_made_left_nothing() {
        answered(1, 1, "um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);

        chat.takeOver(NOON);
        chat.settle(bubble, fence, "later", null, NOON);
        chat.giveBack(LATER);

        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded");
        assertThat(waiting()).isEqualTo(waitingSince(LATER, 0));
    }

    @Test
    void a_call_that_was_not_made_is_dropped_with_the_rest_although_it_was_given_back_before() {
        answered(1, 1, "um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        chat.takeOver(NOON.plusSeconds(1));
        chat.giveBack(NOON.plusSeconds(2));
        assertThat(waiting()).as("it may arrive yet").isEqualTo(nothingWaiting());

        chat.settle(bubble, fence, "later", null, LATER);

        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded");
        assertThat(waiting()).isEqualTo(waitingSince(LATER, 0));
        assertThat(answered(1, 1, "três")).as("another answer has room").isTrue();
    }

    @Test
    void what_was_not_heard_is_known_to_wait_also_while_the_plan_holds_the_conversation() {
        answered(1, 1, "um");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        chat.takeOver(NOON.plusSeconds(1));
        chat.giveBack(NOON.plusSeconds(2));
        database.admin(
                "UPDATE core.conversations SET state = 'waiting_human', held_for = 'leads' WHERE id = ?", chat.id());

        chat.settle(bubble, fence, "later", null, LATER);

        assertThat(waiting()).containsEntry("state", "waiting_human").containsEntry("answered_seq", 0L);
    }

    @Test
    void a_claim_that_is_taken_back_is_dropped_with_the_rest_although_it_was_given_back_before() {
        answered(1, 1, "um", "dois");
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
        assertThat(waiting()).isEqualTo(waitingSince(LATER, 0));
    }

    @Test
    void an_answer_before_that_one_which_nobody_heard_either_goes_with_it() {
        answered(1, 1, "um");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        database.receive(NOON.plusSeconds(1), Said.message(chat.instance(), chat.address(), "e o preço?"));
        answered(2, 2, "dois");
        chat.takeOver(NOON.plusSeconds(2));

        chat.settle(bubble, fence, "later", null, NOON.plusSeconds(3));
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(waitingSince(LATER, 0));
        assertThat(answered(1, 2, "três")).as("one answer to both").isTrue();
    }

    @Test
    void a_call_that_was_not_made_while_a_person_wrote_is_dropped_and_not_followed() {
        answered(1, 1, "um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        chat.takeOver(NOON.plusSeconds(1));
        database.receive(NOON.plusSeconds(2), Said.echo(chat.instance(), chat.address(), Said.id(), "sim, aqui"));
        chat.giveBack(NOON.plusSeconds(3));

        chat.settle(bubble, fence, "later", null, LATER);

        assertThat(chat.said()).contains("um=superseded dois=superseded");
        assertThat(database.admin("SELECT answered_seq, turn_due_at FROM core.conversations WHERE id = ?", chat.id()))
                .first()
                .satisfies(
                        row -> assertThat(row).containsEntry("answered_seq", 1L).containsEntry("turn_due_at", null));
    }

    @Test
    void what_the_lead_wrote_to_a_silent_person_waits_with_the_words_before_whose_answer_was_dropped() {
        answered(1, 1, "um");

        chat.takeOver(NOON);
        database.receive(NOON.plusSeconds(1), Said.message(chat.instance(), chat.address(), "alô?"));
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(waitingSince(LATER, 0));
        assertThat(answered(1, 2, "três")).as("one answer to both").isTrue();
    }

    @Test
    void words_of_a_hand_over_that_nobody_heard_are_no_answer_either() {
        committed("handover", 1, 1, "já te passo");

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(waitingSince(LATER, 0));
    }

    @Test
    void a_turn_that_said_nothing_has_ended_its_burst() {
        answered(1, 1);

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(waiting()).isEqualTo(nothingWaiting());
    }

    private boolean answered(long from, long to, String... bubbles) {
        return committed("answer", from, to, bubbles);
    }

    /** A turn is committed as agent-runtime does. @return false when the burst had its answer already */
    private boolean committed(String purpose, long from, long to, String... bubbles) {
        UUID turn = UUID.randomUUID();
        boolean recorded = !database.asCompany(
                        RUNTIME,
                        company.id(),
                        """
                        INSERT INTO core.turns (company_id, id, conversation_id, origin, origin_id, purpose, from_seq, to_seq, committed_at)
                        VALUES (?, ?, ?, 'burst', ?, ?, ?, ?, ?)
                            ON CONFLICT (company_id, conversation_id, origin, origin_id, purpose) DO NOTHING
                        RETURNING id
                        """,
                        company.id(),
                        turn,
                        chat.id(),
                        Long.toString(from),
                        purpose,
                        from,
                        to,
                        NOON)
                .isEmpty();
        if (recorded) {
            UUID reply = chat.plan(purpose, planned(), bubbles);
            database.admin("UPDATE core.messages SET turn_id = ? WHERE reply_id = ?", turn, reply);
            chat.answer(to);
        }
        return recorded;
    }

    // Each reply after the one before.
    private OffsetDateTime planned() {
        return NOON.plusSeconds(
                database.count("SELECT count(*) FROM core.messages WHERE conversation_id = ?", chat.id()));
    }

    private void heard(String text) {
        database.admin(
                "UPDATE core.messages SET status = 'accepted', attempts = 1 WHERE conversation_id = ? AND text = ?",
                chat.id(),
                text);
    }

    private Map<String, Object> waiting() {
        return database.admin("""
                        SELECT state, answered_seq, coalesce((turn_due_at - '%s')::text, 'never') AS due,
                               coalesce((burst_started_at - '%s')::text, 'never') AS began
                          FROM core.conversations WHERE id = ?
                        """.formatted(NOON, NOON), chat.id()).getFirst();
    }

    private static Map<String, Object> waitingSince(OffsetDateTime at, long answered) {
        String since = "00:0%d:00".formatted(Duration.between(NOON, at).toMinutes());
        return Map.of("state", "ai", "answered_seq", answered, "due", since, "began", since);
    }

    private static Map<String, Object> nothingWaiting() {
        return nothingWaiting(1);
    }

    private static Map<String, Object> nothingWaiting(long answered) {
        return Map.of("state", "ai", "answered_seq", answered, "due", "never", "began", "never");
    }
}
