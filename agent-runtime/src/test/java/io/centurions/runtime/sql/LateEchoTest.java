package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.Turns.nothingWaiting;
import static io.centurions.runtime.sql.Turns.waitingSince;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider tells of what a person wrote on the phone after it has told of what came later, or after the conversation was given back. */
class LateEchoTest {

    private static final OffsetDateTime RETURNED = NOON.plusMinutes(2);

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);
    private final Turns turns = new Turns(chat);

    @BeforeEach
    void takeOver() {
        database.calm();
        chat.takeOver(NOON);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 18})
    void words_that_the_person_cannot_have_read_wait_for_an_answer(int second) {
        leadWrote(NOON.plusSeconds(18));
        personWrote(NOON.plusSeconds(second), NOON.plusSeconds(20));

        chat.giveBack(RETURNED);

        assertThat(turns.waiting()).isEqualTo(waitingSince(RETURNED, 1));
    }

    @Test
    void words_that_the_person_has_answered_wait_for_nothing() {
        leadWrote(NOON.plusSeconds(18));
        personWrote(NOON.plusSeconds(19), NOON.plusSeconds(20));

        chat.giveBack(RETURNED);

        assertThat(turns.waiting()).isEqualTo(nothingWaiting(2));
    }

    @Test
    void what_was_written_before_the_return_takes_nothing_back() {
        chat.giveBack(RETURNED);

        personWrote(RETURNED.minusSeconds(1), RETURNED.plusSeconds(5));

        assertThat(turns.waiting()).isEqualTo(nothingWaiting());
        assertThat(chat.said()).as("it is kept").isEqualTo("deixa comigo=accepted");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void what_was_written_in_the_second_of_the_return_or_later_takes_the_conversation(int seconds) {
        chat.giveBack(RETURNED);

        personWrote(RETURNED.plusSeconds(seconds), RETURNED.plusSeconds(5));

        assertThat(chat.state()).isEqualTo("human");
    }

    @Test
    void what_answered_all_words_before_the_return_ends_the_wait_for_an_answer() {
        leadWrote(NOON.plusSeconds(18));
        chat.giveBack(RETURNED);

        personWrote(NOON.plusSeconds(30), RETURNED.plusSeconds(5));

        assertThat(turns.waiting()).isEqualTo(nothingWaiting(2));
    }

    @Test
    void what_answered_only_some_of_them_leaves_the_others_waiting() {
        leadWrote(NOON.plusSeconds(18));
        leadWrote(NOON.plusSeconds(40));
        chat.giveBack(RETURNED);

        personWrote(NOON.plusSeconds(30), RETURNED.plusSeconds(5));

        assertThat(turns.waiting()).isEqualTo(waitingSince(RETURNED, 2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_answer_to_what_the_person_has_answered_is_dropped_if_it_has_not_left(boolean lateWords) {
        leadWrote(NOON.plusSeconds(18));
        chat.giveBack(RETURNED);
        turns.answered(2, 2, "também respondo", "em dois");
        if (lateWords) {
            leadWrote(NOON.plusSeconds(25));
        }

        personWrote(NOON.plusSeconds(30), RETURNED.plusSeconds(5));

        assertThat(turns.waiting()).isEqualTo(nothingWaiting(lateWords ? 3 : 2));
        assertThat(chat.said()).contains("também respondo=superseded em dois=superseded");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void so_is_what_asks_to_wait_for_an_answer_unless_newer_words_wait_for_it_too(boolean newerWords) {
        leadWrote(NOON.plusSeconds(18));
        chat.giveBack(RETURNED);
        if (newerWords) {
            leadWrote(RETURNED.plusSeconds(1));
        }
        turns.committed("courtesy", 2, newerWords ? 3 : 2, "um momento");
        chat.answer(1);

        personWrote(NOON.plusSeconds(30), RETURNED.plusSeconds(5));

        assertThat(chat.said()).contains("um momento=" + (newerWords ? "planned" : "superseded"));
    }

    @Test
    void of_words_whose_answer_nobody_heard_only_those_wait_that_the_person_cannot_have_read() {
        leadWrote(NOON.plusSeconds(18));
        leadWrote(NOON.plusSeconds(40));
        chat.giveBack(RETURNED);
        turns.answered(2, 3, "um");
        chat.takeOver(RETURNED.plusSeconds(1));
        personWrote(NOON.plusSeconds(30), RETURNED.plusSeconds(5));

        chat.giveBack(RETURNED.plusMinutes(1));

        assertThat(turns.waiting()).isEqualTo(waitingSince(RETURNED.plusMinutes(1), 2));
        assertThat(turns.answered(3, 3, "dois")).isTrue();
        chat.takeOver(RETURNED.plusSeconds(70));
        chat.giveBack(RETURNED.plusMinutes(2));
        assertThat(turns.waiting())
                .as("nobody heard this one either")
                .isEqualTo(waitingSince(RETURNED.plusMinutes(2), 2));
    }

    @Test
    void of_an_answer_that_was_also_to_newer_words_these_wait_for_another() {
        answeredWithNewerWords("um", "dois");

        personWrote(NOON.plusSeconds(30), RETURNED.plusMinutes(1));

        assertThat(chat.said()).contains("um=superseded dois=superseded");
        assertThat(turns.waiting()).isEqualTo(waitingSince(RETURNED.plusMinutes(1), 2));
        assertThat(turns.answered(3, 3, "três")).as("another answer has room").isTrue();
    }

    /** To a talkative lead: the second was written in the belief that the first will be said. */
    @Test
    void with_it_goes_what_was_planned_behind_it() {
        answeredWithNewerWords("um");
        leadWrote(RETURNED.plusSeconds(2));
        turns.answered(4, 4, "dois");
        database.admin(
                "UPDATE core.messages SET status = 'planned', failure = NULL WHERE text = 'um' AND conversation_id = ?",
                chat.id());

        personWrote(NOON.plusSeconds(30), RETURNED.plusMinutes(1));

        assertThat(chat.said()).contains("um=superseded dois=superseded");
        assertThat(turns.waiting()).isEqualTo(waitingSince(RETURNED.plusMinutes(1), 2));
    }

    @Test
    void what_newer_words_have_dropped_has_not_left_either() {
        answeredWithNewerWords("um", "dois");
        leadWrote(RETURNED.plusSeconds(2));
        turns.answered(4, 4, "três");

        personWrote(NOON.plusSeconds(30), RETURNED.plusMinutes(1));

        assertThat(chat.said()).contains("três=superseded");
        assertThat(turns.waiting()).isEqualTo(waitingSince(RETURNED.plusMinutes(1), 2));
    }

    @Test
    void one_echo_after_the_other_drops_no_answer_to_newer_words_alone() {
        answeredWithNewerWords("um");
        personWrote(NOON.plusSeconds(30), RETURNED.plusMinutes(1));
        turns.answered(3, 3, "dois");

        personWrote(NOON.plusSeconds(31), RETURNED.plusMinutes(1));

        assertThat(chat.said()).contains("um=superseded").contains("dois=planned");
        assertThat(turns.waiting()).isEqualTo(nothingWaiting(3));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(longs = {4, 20})
    void whoever_is_thinking_about_newer_words_reads_them_again(Long leasedSeconds) {
        chat.giveBack(RETURNED);
        leadWrote(RETURNED.plusSeconds(1));
        database.admin(
                "UPDATE core.conversations SET fence = 7, lease_until = ?::timestamptz + make_interval(secs => ?::bigint) WHERE id = ?",
                RETURNED,
                leasedSeconds,
                chat.id());

        personWrote(NOON.plusSeconds(30), RETURNED.plusSeconds(5));

        assertThat(database.admin("SELECT fence, lease_until FROM core.conversations WHERE id = ?", chat.id())
                        .getFirst())
                .containsEntry("fence", 8L)
                .containsEntry("lease_until", null);
    }

    @Test
    void of_which_something_has_left_it_stands() {
        answeredWithNewerWords("um", "dois");
        turns.heard("um");

        personWrote(NOON.plusSeconds(30), RETURNED.plusSeconds(5));

        assertThat(chat.said()).contains("um=accepted dois=planned");
        assertThat(turns.waiting()).isEqualTo(nothingWaiting(3));
    }

    @Test
    void an_answer_to_newer_words_alone_stands() {
        chat.giveBack(RETURNED);
        leadWrote(RETURNED.plusSeconds(1));
        turns.answered(2, 2, "um");

        personWrote(NOON.plusSeconds(30), RETURNED.plusSeconds(5));

        assertThat(chat.said()).contains("um=planned");
        assertThat(turns.waiting()).isEqualTo(nothingWaiting(2));
    }

    @Test
    void it_takes_nothing_from_who_took_the_conversation_again() {
        chat.giveBack(RETURNED);
        chat.takeOver(RETURNED.plusSeconds(1));

        personWrote(NOON.plusSeconds(30), RETURNED.plusSeconds(5));

        assertThat(chat.state()).isEqualTo("human");
        assertThat(database.count(
                        "SELECT count(*) FROM core.takeovers WHERE conversation_id = ? AND taken_by = 'supervisor'",
                        chat.id()))
                .isEqualTo(database.count("SELECT epoch / 2 + 1 FROM core.conversations WHERE id = ?", chat.id()));
    }

    // The last of the words was written after the return.
    private void answeredWithNewerWords(String... bubbles) {
        leadWrote(NOON.plusSeconds(18));
        chat.giveBack(RETURNED);
        leadWrote(RETURNED.plusSeconds(1));
        turns.answered(2, 3, bubbles);
    }

    private void leadWrote(OffsetDateTime at) {
        database.receive(
                at,
                Said.message(chat.instance(), chat.address(), "quero")
                        .put("written_at", at.toInstant().toString()));
    }

    private void personWrote(OffsetDateTime writtenAt, OffsetDateTime toldAt) {
        database.receive(
                toldAt,
                Said.echo(chat.instance(), chat.address(), Said.id(), "deixa comigo")
                        .put("written_at", writtenAt.toInstant().toString()));
    }
}
