package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.Turns.nothingWaiting;
import static io.centurions.runtime.sql.Turns.waitingSince;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A conversation that a person takes after its burst was answered, and gives back: whether the lead still waits for an answer. */
class GivenBackTest {

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
    void a_burst_whose_answer_was_dropped_whole_waits_for_another() {
        assertThat(turns.answered(1, 1, "um", "dois")).isTrue();

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 0));
        assertThat(turns.answered(1, 1, "três")).as("another answer has room").isTrue();
        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded três=planned");
    }

    @Test
    void a_long_conversation_is_not_read_through_for_each_of_its_turns() throws SQLException {
        for (int burst = 1; burst <= 60; burst++) {
            if (burst > 1) {
                chat.leadWrites(NOON, "oi");
            }
            turns.answered(burst, burst, "resposta " + burst);
            turns.heard("resposta " + burst);
        }
        chat.takeOver(NOON);

        try (Connection connection = database.connectAsAdmin()) {
            connection.setAutoCommit(false);
            ConversationDatabase.run(
                    connection,
                    "SELECT set_config('request.jwt.claims', ?, true)",
                    "{\"company_id\":\"" + company.id() + "\"}");
            ConversationDatabase.run(
                    connection, "SELECT core.return_to_machine_v1(?, 'supervisor', NULL, ?)", chat.id(), LATER);
            var read = ConversationDatabase.run(
                    connection,
                    "SELECT (seq_tup_read + idx_tup_fetch)::int AS rows FROM pg_stat_xact_user_tables WHERE relid = 'core.messages'::regclass");
            connection.commit();
            assertThat((Integer) read.getFirst().get("rows"))
                    .as("twenty looks at 120 messages, not sixty")
                    .isLessThan(20 * 120);
        }
    }

    @Test
    void all_words_of_that_burst_wait_and_none_before() {
        chat.leadWrites(NOON, "e mais");
        chat.leadWrites(NOON, "e isto");
        turns.answered(2, 3, "um");

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 1));
    }

    @Test
    void a_burst_taken_and_given_back_again_has_one_answer_each_time() {
        turns.answered(1, 1, "um");
        chat.takeOver(NOON);
        chat.giveBack(NOON);
        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(turns.waiting()).as("nothing was answered in between").isEqualTo(waitingSince(LATER, 0));

        assertThat(turns.answered(1, 1, "dois")).isTrue();
        chat.takeOver(LATER);
        chat.giveBack(LATER.plusMinutes(1));

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER.plusMinutes(1), 0));
        assertThat(turns.answered(1, 1, "três")).isTrue();
        assertThat(turns.answered(1, 1, "quatro"))
                .as("a second one has no room")
                .isFalse();
    }

    @Test
    void a_burst_waits_again_as_often_as_its_answer_is_dropped_also_under_one_epoch() {
        for (String answer : List.of("um", "dois")) {
            assertThat(turns.answered(1, 1, answer)).isTrue();
            database.admin(
                    "UPDATE core.messages SET status = 'superseded', failure = 'taken_over' WHERE conversation_id = ? AND status = 'planned'",
                    chat.id());
            database.admin(
                    "UPDATE core.conversations c SET answered_seq = core.let_go_of_unheard_answer(c), burst_started_at = now(), turn_due_at = now() WHERE id = ?",
                    chat.id());
        }

        assertThat(turns.answered(1, 1, "três")).isTrue();
    }

    @Test
    void once_another_answer_was_heard_the_dropped_one_is_history() {
        turns.answered(1, 1, "um");
        chat.takeOver(NOON);
        chat.giveBack(NOON);
        turns.answered(1, 1, "dois");
        turns.heard("dois");

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void a_person_who_wrote_has_answered() {
        turns.answered(1, 1, "um");

        chat.takeOver(NOON);
        chat.personWrites(NOON, "sim, aqui");
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void they_have_answered_however_long_ago_they_wrote() {
        turns.answered(1, 1, "um");
        chat.takeOver(NOON);
        chat.personWrites(NOON.plusSeconds(1), "sim, aqui");

        chat.giveBack(NOON.plusWeeks(3));

        assertThat(turns.waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void a_person_whose_words_waited_while_the_answer_was_committed_has_answered() {
        turns.answered(1, 1, "um");

        chat.personWrites(NOON.minusSeconds(1), "sim, aqui");
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void only_what_the_lead_wrote_after_a_persons_answer_waits() {
        turns.answered(1, 1, "um");

        chat.takeOver(NOON);
        chat.personWrites(NOON.plusSeconds(1), "sim, aqui");
        chat.leadWrites(NOON.plusSeconds(2), "e o preço?");
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 1));
    }

    @Test
    void what_a_person_answered_before_any_answer_of_ours_waits_for_none() {
        chat.takeOver(NOON);
        chat.leadWrites(NOON.plusSeconds(1), "quanto custa?");
        chat.personWrites(NOON.plusSeconds(2), "dez reais");
        chat.leadWrites(NOON.plusSeconds(3), "e onde fica?");
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 2));
    }

    @Test
    void what_a_person_answered_before_two_answers_that_nobody_heard_stays_answered() {
        answeredByAPersonInBetween();

        chat.takeOver(NOON.plusSeconds(4));
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 1));
    }

    @Test
    void a_dropped_answer_of_earlier_words_is_history_once_later_ones_were_answered() {
        answeredByAPersonInBetween();
        turns.heard("dois");

        chat.takeOver(NOON.plusSeconds(4));
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(nothingWaiting(2));
    }

    @Test
    void a_person_who_took_it_on_the_phone_has_answered() {
        turns.answered(1, 1, "um");

        database.receive(
                EVOLUTION, NOON, List.of(Said.echo(chat.instance(), chat.address(), Said.id(), "deixa comigo")));
        chat.giveBack(LATER);

        assertThat(chat.said()).contains("um=superseded");
        assertThat(turns.waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void an_answer_of_which_something_left_stays_the_answer() {
        turns.answered(1, 1, "um", "dois");
        turns.heard("um");

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(chat.said()).isEqualTo("um=accepted dois=superseded");
        assertThat(turns.waiting()).isEqualTo(nothingWaiting());
    }

    @Test
    void what_the_lead_wrote_to_a_silent_person_waits_with_the_words_before_whose_answer_was_dropped() {
        turns.answered(1, 1, "um");

        chat.takeOver(NOON);
        chat.leadWrites(NOON.plusSeconds(1), "alô?");
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 0));
        assertThat(turns.answered(1, 2, "três")).as("one answer to both").isTrue();
    }

    @Test
    void words_of_a_hand_over_that_nobody_heard_are_no_answer_either() {
        turns.committed("handover", 1, 1, "já te passo");

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 0));
    }

    @Test
    void a_turn_that_said_nothing_has_ended_its_burst() {
        turns.answered(1, 1);

        chat.takeOver(NOON);
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(nothingWaiting());
    }

    // Nobody heard the first answer, and of the second it is open.
    private void answeredByAPersonInBetween() {
        turns.answered(1, 1, "um");
        chat.takeOver(NOON);
        chat.personWrites(NOON.plusSeconds(1), "sim, aqui");
        chat.giveBack(NOON.plusSeconds(2));
        chat.leadWrites(NOON.plusSeconds(3), "e o preço?");
        turns.answered(2, 2, "dois");
    }
}
