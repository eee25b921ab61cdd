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
                        org.assertj.core.groups.Tuple.tuple("bubbles sent", 5L));
    }

    @Test
    void an_acknowledged_message_that_is_not_held_is_lost() {
        scene.written.add(new Outside.Written(Scene.CHAT, "m5", 200));

        assertThat(scene.broken()).containsExactly("acknowledged messages lost");
    }

    @Test
    void a_message_that_nobody_acknowledged_may_be_held_or_not() {
        scene.written.set(0, new Outside.Written(Scene.CHAT, "m1", 0));
        scene.written.add(new Outside.Written(Scene.CHAT, "m5", 0));

        assertThat(scene.broken()).isEmpty();
    }

    @Test
    void a_message_that_was_refused_is_found_although_nobody_acknowledged_it() {
        scene.written.add(new Outside.Written(Scene.CHAT, "m5", 422));

        assertThat(scene.broken()).containsExactly("messages refused");
    }

    @Test
    void an_answer_that_did_not_hear_the_last_word_is_found() {
        scene.written.add(new Outside.Written(Scene.CHAT, "m5", 200));
        scene.inbound.add(new Held.Inbound(5, "m5"));
        scene.turns.set(1, new Held.Turn("t2", "burst", "answer", 3, 5));

        assertThat(scene.broken()).containsExactly("answers to words that the model was not given");
    }

    @Test
    void an_answer_that_took_every_word_for_answered_is_found() {
        scene.bubbles.replaceAll(
                bubble -> Scene.text(bubble.text().replace("#3-4", "#0")).apply(bubble));

        assertThat(scene.broken()).contains("answers to words that the model was not given");
    }

    @Test
    void a_reply_that_was_planned_without_one_of_its_parts_is_found() {
        scene.bubbles.remove(3);
        scene.arrived.remove(3);

        assertThat(scene.broken()).containsExactly("replies planned without a part of them");
    }

    @Test
    void a_message_stored_twice_is_found() {
        scene.inbound.add(new Held.Inbound(5, "m4"));
        scene.turns.set(1, new Held.Turn("t2", "burst", "answer", 3, 5));

        assertThat(scene.broken())
                .containsExactly("messages stored twice", "answers to words that the model was not given");
    }

    @Test
    void a_conversation_that_a_person_is_said_to_have_is_found() {
        scene.state = "human";

        assertThat(scene.broken()).containsExactly("conversations taken from the machine by nobody");
    }

    @Test
    void words_after_the_last_answer_are_a_burst_without_a_reply() {
        scene.written.add(new Outside.Written(Scene.CHAT, "m5", 200));
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
                        bubble.id(),
                        "machine",
                        "another",
                        "t1",
                        bubble.text(),
                        "read",
                        null,
                        1,
                        bubble.called(),
                        bubble.until()));

        assertThat(scene.broken()).containsExactly("bursts with two replies", "replies planned without a part of them");
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
        scene.forms.add(new Outside.Form(other, "form-2"));

        assertThat(scene.broken()).containsExactly("forms lost or greeted not once");
    }

    @Test
    void a_form_that_is_kept_nowhere_is_found() {
        greeting("g1");
        scene.forms.add(new Outside.Form(Scene.CHAT, "form"));
        assertThat(scene.broken()).isEmpty();

        scene.submissions.remove("form");
        assertThat(scene.broken()).containsExactly("forms lost or greeted not once");
    }

    @Test
    void a_form_whose_lead_was_greeted_twice_is_found() {
        scene.forms.add(new Outside.Form(Scene.CHAT, "form"));
        greeting("g1");
        assertThat(scene.broken()).isEmpty();

        greeting("g2");
        assertThat(scene.broken()).containsExactly("forms lost or greeted not once");
    }

    @Test
    void a_form_whose_lead_writes_as_another_is_found() {
        scene.forms.add(new Outside.Form(Scene.CHAT, "form-2"));
        greeting("g1");

        assertThat(scene.broken()).containsExactly("forms lost or greeted not once");
    }

    @Test
    void a_lead_whom_no_chat_belongs_to_is_found() {
        scene.leads.add(new Held.Lead("lead-2", "company", false));
        scene.conversions.add(new Held.Conversion("company", "lead", "lead-2", null, "lead", "event-2", "sent"));
        scene.atMeta.add(new Outside.AtMeta("lead", "event-2", 1));

        assertThat(scene.broken()).containsExactly("conversations or leads twice");
    }

    @Test
    void a_greeting_that_said_nothing_is_found() {
        scene.forms.add(new Outside.Form(Scene.CHAT, "form"));
        scene.turns.add(new Held.Turn("g1", "form", "first_contact", 0, 0));

        assertThat(scene.broken()).containsExactly("bursts without a reply");
    }

    private void greeting(String turn) {
        scene.turns.add(new Held.Turn(turn, "form", "first_contact", 0, 0));
        scene.bubbles.add(new Held.Bubble(
                "b" + turn, "machine", "r" + turn, turn, "Olá " + turn, "superseded", "newer_words", 0, null, null));
    }
}
