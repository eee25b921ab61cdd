package io.centurions.chaos.judge;

import static io.centurions.chaos.judge.Scene.CHAT;
import static io.centurions.chaos.judge.Scene.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgeBubblesTest {

    private final Scene scene = Scene.right();

    @Test
    void a_sent_bubble_that_did_not_arrive_is_missing() {
        scene.arrived.removeFirst();

        assertThat(scene.broken()).containsExactly("bubbles missing");
    }

    @Test
    void a_refused_bubble_and_those_dropped_with_it_are_missing() {
        scene.bubble(0, Scene.status("failed", "refused"));
        scene.bubble(1, Scene.status("superseded", "reply_failed"));
        scene.arrived.removeFirst();
        scene.arrived.removeFirst();

        List<Row> rows = scene.judged();

        assertThat(rows).filteredOn(row -> row.name().equals("bubbles missing")).allMatch(row -> row.count() == 2);
        assertThat(scene.broken()).containsExactly("bursts without a reply", "bubbles missing");
    }

    @Test
    void a_bubble_that_came_again_is_found() {
        scene.arrived.add(scene.arrived.getLast());

        assertThat(scene.broken()).containsExactly("bubbles twice");
    }

    @Test
    void an_unknown_bubble_may_have_come_or_not_but_not_twice() {
        scene.bubble(3, Scene.status("unknown", "cut"));
        assertThat(scene.broken()).isEmpty();

        Outside.Arrived last = scene.arrived.removeLast();
        assertThat(scene.broken()).isEmpty();

        scene.arrived.addAll(List.of(last, last));
        assertThat(scene.broken()).containsExactly("bubbles twice");
    }

    @Test
    void on_telegram_an_interrupted_text_may_come_once_more() {
        scene.chat = new ChatKey("telegram", "900", "600");
        scene.written.replaceAll(one -> new Outside.Written(scene.chat, one.text(), 200));
        scene.arrived.replaceAll(one -> new Outside.Arrived(scene.chat, one.text(), one.at()));
        scene.bubble(3, Scene.attempts(2));
        scene.arrived.add(scene.arrived.getLast());
        assertThat(scene.broken()).isEmpty();

        scene.arrived.add(scene.arrived.getLast());
        assertThat(scene.broken()).containsExactly("bubbles twice");
    }

    @Test
    void a_dropped_bubble_that_came_is_found() {
        scene.bubble(1, Scene.status("superseded", "newer_words"));

        assertThat(scene.broken()).containsExactly("bubbles that nobody planned, or dropped ones that came");
    }

    @Test
    void a_bubble_nobody_planned_is_found_in_a_chat_and_outside_of_all() {
        scene.arrived.add(new Outside.Arrived(CHAT, "Olá de novo", NOON.plusSeconds(40)));
        scene.arrived.add(new Outside.Arrived(new ChatKey("whatsapp", "aurora", "1"), "Olá", NOON.plusSeconds(41)));

        assertThat(scene.judged())
                .filteredOn(row -> !row.holds())
                .singleElement()
                .satisfies(row -> assertThat(row.count()).isEqualTo(2));
    }

    @Test
    void a_bubble_before_its_turn_is_found_within_a_reply_and_across_replies() {
        Collections.swap(scene.arrived, 0, 1);
        assertThat(scene.broken()).containsExactly("bubbles out of order");

        Collections.swap(scene.arrived, 0, 1);
        Collections.swap(scene.arrived, 1, 2);
        assertThat(scene.broken()).containsExactly("bubbles out of order");
    }

    @Test
    void the_same_words_again_have_no_place_when_one_of_them_is_in_doubt() {
        for (int index : new int[] {0, 3}) {
            scene.bubble(index, Scene.text("Só um instante"));
            scene.arrived.set(
                    index,
                    new Outside.Arrived(
                            CHAT, "Só um instante", scene.arrived.get(index).at()));
        }
        assertThat(scene.broken()).isEmpty();

        scene.bubble(0, Scene.attempts(2));
        assertThat(scene.broken()).isEmpty();
    }

    @Test
    void what_a_late_provider_brought_after_the_call_was_given_up_has_no_place() {
        firstCameAt(11 + 7);
        assertThat(scene.broken()).containsExactly("bubbles out of order");

        scene.late.add(
                new Disturbance("telegram late", Set.of("telegram"), NOON.plusSeconds(10), NOON.plusSeconds(13)));
        scene.late.add(
                new Disturbance("evolution late", Set.of("whatsapp"), NOON.plusSeconds(30), NOON.plusSeconds(33)));
        assertThat(scene.broken()).containsExactly("bubbles out of order");

        scene.late.add(
                new Disturbance("evolution late", Set.of("whatsapp"), NOON.plusSeconds(10), NOON.plusSeconds(13)));
        assertThat(scene.broken()).isEmpty();
        assertThat(scene.judged())
                .filteredOn(row -> row.name().equals("bubbles that came after their call was given up"))
                .allMatch(row -> row.count() == 1);
    }

    @Test
    void what_a_thawed_sender_wrote_after_its_lease_is_found_even_as_the_last_and_in_doubt() {
        Outside.Arrived last = scene.arrived.removeLast();
        scene.arrived.add(new Outside.Arrived(CHAT, last.text(), NOON.plusSeconds(12 + 20)));
        assertThat(scene.broken()).isEmpty();

        scene.arrived.set(3, new Outside.Arrived(CHAT, last.text(), NOON.plusSeconds(12 + 41)));
        scene.late.add(
                new Disturbance("evolution late", Set.of("whatsapp"), NOON.plusSeconds(10), NOON.plusSeconds(15)));
        assertThat(scene.broken()).containsExactly("bubbles out of order");

        scene.bubble(3, Scene.status("unknown", "cut"));
        assertThat(scene.broken()).containsExactly("bubbles out of order");
    }

    @Test
    void what_a_successor_says_once_more_after_an_outage_is_in_time_and_what_the_thawed_sender_adds_is_not() {
        Outside.Arrived last = scene.arrived.removeLast();
        scene.arrived.add(new Outside.Arrived(CHAT, last.text(), NOON.plusSeconds(12 + 45)));
        scene.bubble(3, Scene.calledAgain(Duration.ofSeconds(30)));
        assertThat(scene.broken()).isEmpty();

        scene.arrived.set(3, new Outside.Arrived(CHAT, last.text(), NOON.plusSeconds(12 + 51)));
        assertThat(scene.broken()).containsExactly("bubbles out of order");
    }

    private void firstCameAt(int second) {
        Outside.Arrived first = scene.arrived.removeFirst();
        scene.arrived.add(new Outside.Arrived(CHAT, first.text(), NOON.plusSeconds(second)));
    }

    @Test
    void a_bubble_that_is_still_open_is_found() {
        scene.bubble(3, Scene.status("sending", null));
        scene.arrived.removeLast();

        assertThat(scene.broken()).containsExactly("bubbles still open");
    }

    @Test
    void the_same_sentence_said_twice_on_purpose_is_no_repeat() {
        scene.bubbles.add(new Held.Bubble("n1", "machine", "n1", "n1", "Assinado!", "read", null, 1, null, null));
        scene.bubbles.add(new Held.Bubble("n2", "machine", "n2", "n2", "Assinado!", "read", null, 1, null, null));
        scene.arrived.add(new Outside.Arrived(CHAT, "Assinado!", NOON.plusSeconds(50)));
        assertThat(scene.broken()).containsExactly("bubbles missing");

        scene.arrived.add(new Outside.Arrived(CHAT, "Assinado!", NOON.plusSeconds(51)));
        assertThat(scene.broken()).isEmpty();
    }

    @Test
    void an_unknown_bubble_is_listed_with_what_went_wrong_on_its_channel_then() {
        scene.bubble(3, Scene.status("unknown", "cut"));
        var kill = new Disturbance("kill x", Set.of("whatsapp"), NOON.plusSeconds(13), NOON.plusSeconds(20));
        var other = new Disturbance("kill y", Set.of("telegram"), NOON.plusSeconds(13), NOON.plusSeconds(20));
        var later = new Disturbance("kill z", Set.of("whatsapp"), NOON.plusSeconds(60), NOON.plusSeconds(70));

        scene.disturbances.addAll(List.of(kill, other, later));

        List<Row> rows = Unknowns.judge(scene.held(), scene.arrived, scene.blame(), 1);

        assertThat(rows).allMatch(Row::holds);
        assertThat(rows.getFirst().details())
                .singleElement()
                .asString()
                .contains("[kill x]", "on the telephone 1 times");
    }

    @Test
    void providers_that_stood_still_for_half_of_a_call_are_the_cause_of_its_doubt() {
        scene.bubble(3, Scene.status("unknown", "cut"));
        scene.stalls.add(new Stalls.Stall(NOON.plusSeconds(11), NOON.plusSeconds(13)));
        scene.stalls.add(new Stalls.Stall(NOON.plusSeconds(16), NOON.plusSeconds(17)));
        assertThat(Unknowns.judge(scene.held(), scene.arrived, scene.blame(), 1))
                .anyMatch(row -> !row.holds());

        scene.stalls.add(new Stalls.Stall(NOON.plusMillis(14_500), NOON.plusMillis(15_200)));

        List<Row> rows = Unknowns.judge(scene.held(), scene.arrived, scene.blame(), 1);
        assertThat(rows).allMatch(Row::holds);
        assertThat(rows.getFirst().details()).singleElement().asString().contains("did nothing for");
    }

    @Test
    void an_unknown_bubble_without_a_cause_or_beyond_the_calls_in_flight_breaks_the_promise() {
        scene.bubble(3, Scene.status("unknown", "cut"));

        List<Row> rows = Unknowns.judge(scene.held(), scene.arrived, scene.blame(), 0);

        assertThat(rows).noneMatch(Row::holds);
    }
}
