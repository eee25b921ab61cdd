package io.centurions.backoffice.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FewAtOnceTest {

    private static final List<Integer> TWENTY = IntStream.range(0, 20).boxed().toList();

    @Test
    void all_are_done_and_never_more_than_a_few_at_the_same_time() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var done = new AtomicInteger();
        var two = new CountDownLatch(2);

        new FewAtOnce(3).each(TWENTY, () -> true, one -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            // The first two meet here: so it is not one after the other.
            two.countDown();
            await().until(() -> two.getCount() == 0);
            now.decrementAndGet();
            done.incrementAndGet();
        });

        assertThat(done).hasValue(20);
        assertThat(most.get()).isBetween(2, 3);
    }

    @Test
    void nothing_more_is_begun_once_it_may_not_go_on() {
        var begun = new AtomicInteger();

        new FewAtOnce(1).each(TWENTY, () -> begun.get() < 5, one -> begun.incrementAndGet());

        assertThat(begun).hasValue(5);
    }

    @Test
    void a_failure_stops_the_rest_and_is_thrown() {
        Queue<Integer> begun = new ConcurrentLinkedQueue<>();

        assertThatThrownBy(() -> new FewAtOnce(1).each(TWENTY, () -> true, one -> {
                    begun.add(one);
                    if (one == 3) {
                        throw new IllegalStateException("away");
                    }
                }))
                .hasMessage("away");

        assertThat(begun).containsExactly(0, 1, 2, 3);
    }
}
