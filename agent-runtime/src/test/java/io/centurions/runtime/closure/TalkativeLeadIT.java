package io.centurions.runtime.closure;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.think.Outcome;
import io.centurions.runtime.think.Thinking;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A lead who never stops writing is answered anyway; the next turn reads while that answer is still being said, bubble by bubble. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class TalkativeLeadIT {

    private static final Thinking.Decided ANSWER = reply("Custa 90.", "Posso reservar?");
    private static final Thinking.Decided NEXT_ANSWER = reply("Entregamos amanhã.");

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    @Inject
    Database database;

    @Inject
    BurstRepository bursts;

    @Inject
    CommitTurn commit;

    private WaitingBurst waiting;
    private HeldDelivery delivery;
    private Burst next;

    @BeforeEach
    void readBehindAnAnswerThatWasGivenAnyway() {
        waiting = WaitingBurst.of(self.toString().replaceAll("/$", ""), secrets);
        delivery = HeldDelivery.of(waiting, database);
        Burst first = read();
        waiting.scene().writes("telegram", "e a entrega?");
        assertThat(commit.commit(first, ANSWER, 3, true)).isTrue();
        next = read();
    }

    @Test
    void what_is_still_to_be_said_is_taken_for_said() {
        assertThat(next.before().unsaid()).isEmpty();
        assertThat(next.messages())
                .extracting(Heard::text)
                .containsExactly("oi", "Custa 90.", "Posso reservar?", "e a entrega?");
    }

    @Test
    void it_is_said_before_the_next_answer_whatever_of_it_left_meanwhile() {
        delivery.begin();
        delivery.settle("accepted", "77");

        assertThat(commit.commit(next, NEXT_ANSWER, 0, false)).isTrue();

        assertThat(bubbles())
                .containsExactly("Custa 90. accepted", "Posso reservar? planned", "Entregamos amanhã. planned");
    }

    @Test
    void its_first_bubble_is_said_whatever_comes_and_a_draft_is_void_once_still_newer_words_have_dropped_the_rest() {
        waiting.scene().writes("telegram", "e a cor?");
        delivery.begin();
        delivery.settle("accepted", "77");
        delivery.begin();

        assertThat(commit.commit(next, NEXT_ANSWER, 3, true)).isFalse();

        assertThat(bubbles()).containsExactly("Custa 90. accepted", "Posso reservar? superseded");
        assertThat(read().before().unsaid()).containsExactly("Posso reservar?");
    }

    @Test
    void one_that_has_to_rest_is_dropped_by_newer_words_and_none_is_planned_beside_it_that_is_not() {
        delivery.begin();
        delivery.settle("later", null);
        assertThat(read().before().unsaid())
                .as("not by the words that it was planned in spite of")
                .isEmpty();
        waiting.scene().writes("telegram", "e a cor?");

        Burst resting = read();

        assertThat(resting.before().unsaid()).containsExactly("Custa 90.", "Posso reservar?");
        waiting.scene().writes("telegram", "alô?");
        assertThat(commit.commit(resting, NEXT_ANSWER, 3, true)).isTrue();
        assertThat(read().before().unsaid()).as("planned after the last word").isEmpty();
        waiting.scene().writes("telegram", "alô!");
        assertThat(read().before().unsaid()).containsExactly("Entregamos amanhã.");
    }

    @Test
    void words_whose_answer_was_dropped_still_come_after_what_was_heard_before_it() {
        assertThat(commit.commit(next, NEXT_ANSWER, 0, false)).isTrue();
        delivery.begin();
        delivery.settle("accepted", "77");
        waiting.scene().writes("telegram", "e a cor?");

        Burst third = read();

        assertThat(third.messages())
                .extracting(Heard::text)
                .containsExactly("oi", "Custa 90.", "e a entrega?", "e a cor?");
        assertThat(third.before().unsaid()).containsExactly("Posso reservar?", "Entregamos amanhã.");
    }

    private static Thinking.Decided reply(String... bubbles) {
        return new Thinking.Decided(new Outcome.Reply(List.of(bubbles)), Map.of(), new Thinking.Usage("m", 1, 1));
    }

    private List<String> bubbles() {
        return Admin.get()
                .query(
                        "SELECT text, status FROM core.messages WHERE company_id = ? AND direction = 'out'"
                                + " ORDER BY created_at, position",
                        waiting.company())
                .stream()
                .map(row -> row.get("text") + " " + row.get("status"))
                .toList();
    }

    private Burst read() {
        return ((BurstRepository.Found.Ready) bursts.read(waiting.turn())).burst();
    }
}
