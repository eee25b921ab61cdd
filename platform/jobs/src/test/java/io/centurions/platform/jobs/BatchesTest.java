package io.centurions.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

    @Test
    void batches_go_on_until_one_is_empty() {
        Deque<Integer> batches = new ArrayDeque<>(List.of(1000, 1000, 7, 0, 5));

        long taken = Batches.untilNothingIsLeft(() -> true, batches::pop);

        assertThat(taken).isEqualTo(2007);
        assertThat(batches).containsExactly(5);
    }

    @Test
    void a_lost_lease_ends_them() {
        Deque<Boolean> mine = new ArrayDeque<>(List.of(true, false));

        assertThat(Batches.untilNothingIsLeft(mine::pop, () -> 10)).isEqualTo(10);
    }

    @Test
    void a_sweep_looks_far_back_at_first_and_now_and_then() {
        LookBack back = new LookBack(Duration.ofHours(1), Duration.ofDays(7));

        List<String> looks =
                IntStream.range(0, 21).mapToObj(look -> back.next()).toList();

        assertThat(looks.getFirst()).isEqualTo("PT168H");
        assertThat(looks.subList(1, 20)).containsOnly("PT1H");
        assertThat(looks.getLast()).isEqualTo("PT168H");
    }
}
