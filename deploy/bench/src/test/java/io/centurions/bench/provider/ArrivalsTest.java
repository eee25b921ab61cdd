package io.centurions.bench.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    @Test
    void a_request_is_about_the_newest_marked_message_in_it() {
        Arrivals arrivals = new Arrivals();

        assertThat(arrivals.note("[#1] Oi " + Arrivals.mark(7) + " … [#2] e o prazo? " + Arrivals.mark(12), 500))
                .isEqualTo(12);

        assertThat(arrivals.first()).isEqualTo(Map.of(12L, 500L));
    }

    @Test
    void a_reply_to_an_older_message_that_stands_after_a_newer_one_does_not_count() {
        assertThat(Arrivals.numberIn("[#2] E o prazo? " + Arrivals.mark(12) + " Qual modelo? " + Arrivals.mark(7)))
                .isEqualTo(12);
    }

    @Test
    void the_first_call_counts_and_unmarked_ones_do_not() {
        Arrivals arrivals = new Arrivals();

        arrivals.note(Arrivals.mark(1), 10);
        arrivals.note(Arrivals.mark(1), 20);
        assertThat(arrivals.note("nothing", 30)).isEqualTo(-1);

        assertThat(arrivals.first()).isEqualTo(Map.of(1L, 10L));
    }
}
