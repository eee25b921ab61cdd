package io.centurions.platform.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Closing closing = new Closing();
    private final AtomicInteger rounds = new AtomicInteger();

    @AfterEach
    void end() {
        closing.begin();
    }

    @Test
    void a_round_that_fails_with_whatever_it_be_is_followed_by_the_next() {
        Rounds.every(SHORT, "failing", closing, () -> {
            if (rounds.incrementAndGet() == 1) {
                throw new AssertionError("told so by the test");
            }
        });

        await().untilAsserted(() -> assertThat(rounds).hasValueGreaterThan(2));
    }

    @Test
    void each_round_says_when_the_next_one_comes() {
        Rounds.begin("growing", closing, Duration.ZERO, () -> rounds.incrementAndGet() < 3 ? SHORT : LONG);

        await().untilAsserted(() -> assertThat(rounds).hasValue(3));
        await().during(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(rounds).hasValue(3));
    }

    @Test
    void the_end_of_the_replica_ends_a_wait_and_lets_a_round_finish() throws InterruptedException {
        CountDownLatch let = new CountDownLatch(1);
        Rounds waiting = Rounds.every(LONG, "waiting", closing, rounds::incrementAndGet);
        Rounds busy = Rounds.begin("busy", closing, Duration.ZERO, () -> {
            rounds.incrementAndGet();
            try {
                let.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return SHORT;
        });
        await().untilAsserted(() -> assertThat(rounds).hasValue(1));

        closing.begin();

        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
        assertThat(busy.join(SHORT)).isFalse();
        let.countDown();
        assertThat(busy.join(Duration.ofSeconds(10))).isTrue();
        assertThat(rounds).hasValue(1);
    }
}
