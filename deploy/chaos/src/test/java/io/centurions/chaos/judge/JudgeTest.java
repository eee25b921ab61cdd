package io.centurions.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each test spoils a run in which all was right, and sees that just that is found. */
class JudgeTest {

    private final Scene scene = Scene.right();

    @Test
    void nothing_is_found_where_all_is_right() {
        assertThat(scene.broken()).isEmpty();
        assertThat(scene.judged())
                .extracting(Row::name, Row::count)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("messages acknowledged", 4L),
                        org.assertj.core.groups.Tuple.tuple("bursts answered", 2L),
                        org.assertj.core.groups.Tuple.tuple("bubbles sent", 4L));
    }

    @Test
    void an_acknowledged_message_that_is_not_held_is_lost() {
        scene.written.add(new Outside.Written(Scene.CHAT, "m5", true));

        assertThat(scene.broken()).containsExactly("acknowledged messages lost");
    }

    @Test
    void a_message_that_nobody_acknowledged_may_be_held_or_not() {
        scene.written.set(0, new Outside.Written(Scene.CHAT, "m1", false));
        scene.written.add(new Outside.Written(Scene.CHAT, "m5", false));

        assertThat(scene.broken()).isEmpty();
    }

    @Test
    void a_message_stored_twice_is_found() {
        scene.inbound.add(new Held.Inbound(5, "m4"));
        scene.turns.set(1, new Held.Turn("t2", "burst", "answer", 3, 5));

        assertThat(scene.broken()).containsExactly("messages stored twice");
    }

    @Test
    void a_conversation_that_a_person_is_said_to_have_is_found() {
        scene.state = "human";

        assertThat(scene.broken()).containsExactly("conversations taken from the machine by nobody");
    }

    @Test
    void words_after_the_last_answer_are_a_burst_without_a_reply() {
        scene.written.add(new Outside.Written(Scene.CHAT, "m5", true));
        scene.inbound.add(new Held.Inbound(5, "m5"));

        assertThat(scene.broken()).containsExactly("bursts without a reply");
    }

    @Test
    void words_between_two_answers_are_a_burst_without_a_reply() {
        scene.turns.set(1, new Held.Turn("t2", "burst", "answer", 4, 4));

        assertThat(scene.broken()).containsExactly("bursts without a reply");
    }

    @Test
    void a_turn_that_planned_nothing_is_a_burst_without_a_reply() {
        scene.bubbles.removeIf(bubble -> bubble.turn().equals("t1"));
        scene.arrived.removeIf(one -> one.text().contains("r11."));

        assertThat(scene.broken()).containsExactly("bursts without a reply");
    }

    @Test
    void a_burst_of_which_all_is_unknown_is_answered_only_where_something_went_wrong() {
        scene.bubble(0, Scene.status("unknown", "cut"));
        scene.bubble(1, Scene.status("unknown", "cut"));
        scene.arrived.removeFirst();
        scene.arrived.removeFirst();
        assertThat(scene.broken()).containsExactly("bursts without a reply");

        scene.disturbances.add(
                new Disturbance("kill x", Set.of("whatsapp"), Scene.NOON.plusSeconds(12), Scene.NOON.plusSeconds(20)));
        assertThat(scene.broken()).isEmpty();
    }

    @Test
    void an_answer_that_overlaps_another_is_a_second_reply() {
        scene.turns.set(1, new Held.Turn("t2", "burst", "answer", 2, 4));

        assertThat(scene.broken()).containsExactly("bursts with two replies");
    }

    @Test
    void two_replies_of_one_turn_are_found() {
        scene.bubble(
                1,
                bubble -> new Held.Bubble(
                        bubble.id(), "machine", "another", "t1", bubble.text(), "read", null, 1, bubble.called()));

        assertThat(scene.broken()).containsExactly("bursts with two replies");
    }

    @Test
    void two_voices_on_the_telephone_are_found_though_the_database_knows_one() {
        scene.arrived.add(new Outside.Arrived(Scene.CHAT, "Olá [r19.1/1 #3-4]", Scene.NOON.plusSeconds(30)));

        assertThat(scene.broken())
                .containsExactly("bursts with two replies", "bubbles that nobody planned, or dropped ones that came");
    }

    @Test
    void a_form_whose_lead_was_never_greeted_is_found() {
        ChatKey other = new ChatKey("whatsapp", "aurora", "5511970000002");
        scene.forms.add(new Outside.Form(other, "lead-2"));

        assertThat(scene.broken()).containsExactly("forms lost or greeted not once");
    }

    @Test
    void a_form_whose_lead_was_greeted_twice_is_found() {
        scene.forms.add(new Outside.Form(Scene.CHAT, "lead"));
        scene.turns.add(new Held.Turn("g1", "form", "first_contact", 0, 0));
        assertThat(scene.broken()).isEmpty();

        scene.turns.add(new Held.Turn("g2", "form", "first_contact", 0, 0));
        assertThat(scene.broken()).containsExactly("forms lost or greeted not once");
    }
}
