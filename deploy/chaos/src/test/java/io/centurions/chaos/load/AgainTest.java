package io.centurions.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.world.NoAnswer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AgainTest {

    private final Again again = new Again();

    @Test
    void a_final_refusal_is_remembered_with_what_was_asked() {
        again.attempt("deal 7", () -> again.ask(() -> answers(403)));

        assertThat(again.refused()).containsExactly("deal 7: no, 403");
    }

    @Test
    void what_was_only_not_answered_is_asked_again_and_no_refusal() {
        AtomicInteger asked = new AtomicInteger();

        again.attempt("deal 7", () -> again.ask(() -> asked.incrementAndGet() < 2 ? answers(503) : "yes"));

        assertThat(asked).hasValue(2);
        assertThat(again.refused()).isEmpty();
    }

    @Test
    void at_the_end_of_the_run_it_gives_up_and_nobody_refused() {
        again.end();

        again.attempt("deal 7", () -> again.ask(() -> answers(503)));

        assertThat(again.refused()).isEmpty();
    }

    @Test
    void what_breaks_in_another_way_is_remembered_too() {
        again.attempt("deal 7", () -> {
            throw new IllegalStateException("no such field");
        });

        assertThat(again.refused()).containsExactly("deal 7: no such field");
    }

    private static String answers(int status) {
        throw new NoAnswer("no, " + status, status, null);
    }
}
