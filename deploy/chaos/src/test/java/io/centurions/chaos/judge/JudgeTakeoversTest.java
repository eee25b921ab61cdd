package io.centurions.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person answers m5 on the company's phone, m6 comes later; given back, the machine answers both with one reply. */
class JudgeTakeoversTest {

    private static final String TAKEN_BY_NOBODY = "conversations taken from the machine by nobody";
    private static final String LEFT = "leads given back by a person and not answered";
    private static final Instant SEEN = Scene.NOON.plusMillis(12_500);
    private static final Instant ASKED = Scene.NOON.plusMillis(12_900);

    private final Scene scene = Scene.right();

    @BeforeEach
    void takeOver() {
        leadWrote(5);
        personWrote();
        leadWrote(6);
        scene.answer("t3", 5, 6, 13);
        taken(true, Set.of("m6"), true);
    }

    @Test
    void nothing_is_found_where_all_is_right() {
        assertThat(scene.broken()).isEmpty();
        assertThat(scene.judged())
                .extracting(Row::name, Row::count)
                .contains(
                        tuple("conversations that a person took", 1L),
                        tuple("conversations given back", 1L),
                        tuple("words that a person left to the machine", 1L));
    }

    @Test
    void what_the_person_did_not_answer_and_nobody_else_did_is_found() {
        unanswered();

        assertThat(scene.broken()).containsExactly(LEFT);
    }

    @Test
    void what_the_person_answered_needs_no_other_answer() {
        unanswered();
        taken(true, Set.of(), true);

        assertThat(scene.broken()).isEmpty();
    }

    @Test
    void words_between_answers_that_the_person_did_not_answer_are_found() {
        scene.turns.set(2, new Held.Turn("t3", "burst", "answer", 6, 6));
        assertThat(scene.broken()).isEmpty();

        taken(true, Set.of("m5", "m6"), true);
        assertThat(scene.broken()).containsExactly(LEFT);
    }

    @Test
    void an_answer_that_the_person_had_dropped_must_be_given_again_where_it_has_words_of_later() {
        scene.bubbles.replaceAll(bubble -> "t3".equals(bubble.turn())
                ? Scene.status("superseded", "taken_over").apply(bubble)
                : bubble);
        scene.arrived.removeIf(one -> one.text().contains("[r13."));
        assertThat(scene.broken()).containsExactly("bursts without a reply");

        taken(true, Set.of(), true);
        assertThat(scene.broken()).isEmpty();
    }

    @Test
    void an_answer_that_plans_nothing_is_found_although_the_person_answered() {
        scene.bubbles.removeIf(bubble -> "t3".equals(bubble.turn()));
        scene.arrived.removeIf(one -> one.text().contains("[r13."));
        taken(true, Set.of(), true);

        assertThat(scene.broken()).containsExactly("bursts without a reply");
    }

    @Test
    void what_the_person_answered_is_not_answered_twice_either() {
        scene.answer("t4", 5, 5, 14);

        assertThat(scene.broken()).containsExactly("bursts with two replies");
    }

    @Test
    void what_the_person_answered_is_not_answered_again_after_the_return() {
        scene.answeredAgain.add("conversation c turn t3 answers 5 to 6, and a person had answered up to 5");

        assertThat(scene.broken()).containsExactly("words that a person had answered answered again");
    }

    @Test
    void a_conversation_that_was_not_given_back_is_found() {
        taken(true, Set.of("m6"), false);

        assertThat(scene.broken()).containsExactly("conversations not given back by a person");
    }

    @Test
    void a_conversation_that_the_machine_has_not_although_it_was_given_back_is_found() {
        scene.state = "human";

        assertThat(scene.broken()).containsExactly("conversations not given back by a person");
    }

    @Test
    void words_of_a_person_that_nobody_heard_of_take_nothing() {
        scene.bubbles.removeIf(bubble -> bubble.author().equals("person"));
        taken(false, Set.of("m6"), false);

        assertThat(scene.broken()).isEmpty();
    }

    @Test
    void words_of_a_person_that_are_not_held_are_lost() {
        scene.bubbles.removeIf(bubble -> bubble.author().equals("person"));

        assertThat(scene.broken()).containsExactly("words of a person lost or held twice");
    }

    @Test
    void words_of_a_person_that_are_held_twice_are_found() {
        personWrote();

        assertThat(scene.broken()).containsExactly("words of a person lost or held twice");
    }

    @Test
    void a_bubble_that_was_begun_while_the_person_had_the_conversation_is_found() {
        scene.bubble(5, bubble -> begun(bubble, SEEN.minusMillis(1)));
        assertThat(scene.broken()).isEmpty();

        scene.bubble(5, bubble -> begun(bubble, SEEN.plusMillis(1)));
        assertThat(scene.broken()).containsExactly("bubbles begun while a person had the conversation");
    }

    @Test
    void what_is_held_as_a_person_s_and_was_written_by_none_is_found() {
        scene.bubble(0, bubble -> persons(bubble.text()));

        assertThat(scene.broken()).contains(TAKEN_BY_NOBODY);
    }

    private void unanswered() {
        scene.turns.removeLast();
        scene.bubbles.removeIf(bubble -> "t3".equals(bubble.turn()));
        scene.arrived.removeIf(one -> one.text().contains("[r13."));
    }

    private void leadWrote(long seq) {
        scene.written.add(new Outside.Written(Scene.CHAT, "m" + seq, 200));
        scene.inbound.add(new Held.Inbound(seq, "m" + seq));
    }

    private void personWrote() {
        scene.bubbles.add(persons("p1"));
    }

    private static Held.Bubble persons(String text) {
        return new Held.Bubble("b-" + text, "person", "b-" + text, null, text, "accepted", null, 0, null, null);
    }

    private static Held.Bubble begun(Held.Bubble one, Instant at) {
        return new Held.Bubble(
                one.id(),
                one.author(),
                one.reply(),
                one.turn(),
                one.text(),
                one.status(),
                one.failure(),
                one.attempts(),
                at,
                at.plusSeconds(15));
    }

    private void taken(boolean told, Set<String> left, boolean given) {
        scene.takeovers.clear();
        scene.takeovers.add(new Outside.Takeover(Scene.CHAT, Map.of("p1", told), left, SEEN, ASKED, given));
    }
}
