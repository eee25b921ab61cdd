package io.centurions.platform.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ClaimLoopTest {

    private static final Duration NEVER = Duration.ofHours(1);

    private final Queue<Integer> waiting = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> done = new ConcurrentLinkedQueue<>();

    @Test
    void a_wake_finds_work_long_before_the_poll() {
        var loop = new ClaimLoop<>("test", 2, NEVER, this::claim, done::add);
        loop.start();

        waiting.add(1);
        loop.wakeIn(Duration.ofMillis(20));

        await().until(() -> done.contains(1));
        loop.stop(Duration.ofSeconds(1));
    }

    @Test
    void never_more_than_the_set_number_run_at_once_and_all_are_run() {
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            waiting.add(i);
        }
        var loop = new ClaimLoop<>("test", 3, Duration.ofMillis(20), this::claim, piece -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            LockSupport.parkNanos(5_000_000);
            running.decrementAndGet();
            done.add(piece);
        });

        loop.start();

        await().until(() -> done.size() == 20);
        assertThat(most.get()).isLessThanOrEqualTo(3);
        loop.stop(Duration.ofSeconds(1));
    }

    @Test
    void a_failing_piece_does_not_stop_the_loop() {
        waiting.addAll(List.of(1, 2));
        var loop = new ClaimLoop<>("test", 1, Duration.ofMillis(20), this::claim, piece -> {
            if (piece == 1) {
                throw new IllegalStateException("bad piece");
            }
            done.add(piece);
        });

        loop.start();

        await().until(() -> done.contains(2));
        loop.stop(Duration.ofSeconds(1));
    }

    @Test
    void stopping_claims_nothing_more_and_waits_for_what_runs() throws Exception {
        var started = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        waiting.add(1);
        var loop = new ClaimLoop<>("test", 1, Duration.ofMillis(10), this::claim, piece -> {
            started.countDown();
            awaitLatch(goOn);
            done.add(piece);
        });
        loop.start();
        started.await();
        waiting.add(2);

        Thread.ofVirtual().start(() -> {
            await().until(() -> loop.closing().hasBegun());
            goOn.countDown();
        });
        loop.stop(Duration.ofSeconds(5));

        assertThat(done).containsExactly(1);
        assertThat(waiting).containsExactly(2);
    }

    @Test
    void stopping_waits_for_a_claim_in_flight_and_for_what_it_brings() throws Exception {
        var claiming = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        waiting.add(1);
        var loop = new ClaimLoop<>(
                "test",
                2,
                NEVER,
                most -> {
                    claiming.countDown();
                    awaitLatch(goOn);
                    return claim(most);
                },
                done::add);
        loop.start();
        claiming.await();

        Thread.ofVirtual().start(() -> {
            await().until(() -> loop.closing().hasBegun());
            LockSupport.parkNanos(50_000_000);
            goOn.countDown();
        });
        loop.stop(Duration.ofSeconds(5));

        assertThat(done).containsExactly(1);
    }

    @Test
    void the_grace_of_a_stop_counts_from_when_the_loop_was_closed() throws Exception {
        var started = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        waiting.add(1);
        var loop = new ClaimLoop<>("test", 1, NEVER, this::claim, piece -> {
            started.countDown();
            awaitLatch(finish);
        });
        loop.start();
        started.await();

        loop.close();
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        long stopped = System.nanoTime();
        loop.stop(Duration.ofSeconds(1));

        assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofMillis(900));
        finish.countDown();
    }

    @Test
    void an_error_ends_neither_the_loop_nor_its_places() {
        var failures = new AtomicInteger();
        waiting.addAll(List.of(1, 2));
        var loop = new ClaimLoop<>(
                "test",
                1,
                Duration.ofMillis(20),
                most -> {
                    if (failures.getAndIncrement() == 0) {
                        throw new StackOverflowError("test");
                    }
                    return claim(most);
                },
                piece -> {
                    if (piece == 1) {
                        throw new StackOverflowError("test");
                    }
                    done.add(piece);
                });

        loop.start();

        await().until(() -> done.contains(2));
        loop.stop(Duration.ofSeconds(1));
    }

    @Test
    void it_looks_again_when_the_claim_said_that_more_will_be_due() {
        var looks = new AtomicInteger();
        var loop = new ClaimLoop<Integer>(
                "test",
                2,
                NEVER,
                most -> looks.incrementAndGet() < 3 ? new Claim<>(List.of(), Duration.ofMillis(30)) : claim(most),
                done::add);
        waiting.add(1);

        loop.start();

        await().until(() -> done.contains(1));
        assertThat(looks.get()).isGreaterThanOrEqualTo(3);
        loop.stop(Duration.ofSeconds(1));
    }

    @Test
    void a_claim_asks_for_a_batch_at_most_and_goes_on_at_once_while_batches_are_full() {
        var asked = new ConcurrentLinkedQueue<Integer>();
        for (int i = 0; i < 10; i++) {
            waiting.add(i);
        }
        var loop = new ClaimLoop<Integer>(
                        "test",
                        64,
                        NEVER,
                        most -> {
                            asked.add(most);
                            return claim(most);
                        },
                        done::add)
                .inBatchesOf(4);

        loop.start();

        await().until(() -> done.size() == 10);
        assertThat(asked).allMatch(most -> most <= 4);
        loop.stop(Duration.ofSeconds(1));
    }

    @Test
    void it_begins_with_one_piece_and_comes_to_all_that_it_may_run() {
        var asked = new ConcurrentLinkedQueue<Integer>();
        waiting.addAll(Collections.nCopies(200, 1));
        var loop = new ClaimLoop<Integer>(
                "test",
                8,
                Duration.ofMillis(20),
                most -> {
                    asked.add(most);
                    return claim(most);
                },
                done::add);

        loop.start();

        await().until(() -> asked.contains(8));
        assertThat(asked).startsWith(1).doesNotContain(9);
        loop.stop(Duration.ofSeconds(1));
    }

    @Test
    void pieces_that_never_end_keep_no_other_from_beginning() {
        var begun = new AtomicInteger();
        var never = new CountDownLatch(1);
        waiting.addAll(Collections.nCopies(32, 1));
        var loop = new ClaimLoop<>("test", 32, NEVER, this::claim, piece -> {
            begun.incrementAndGet();
            awaitLatch(never);
        });

        loop.start();

        await().until(() -> begun.get() == 32);
        never.countDown();
        loop.stop(Duration.ofSeconds(1));
    }

    @Test
    void many_wakes_at_once_are_answered_by_few_looks_and_none_is_lost() {
        var looks = new AtomicInteger();
        var meters = new SimpleMeterRegistry();
        var loop = new ClaimLoop<Integer>(
                        "test",
                        1000,
                        NEVER,
                        most -> {
                            looks.incrementAndGet();
                            return claim(most);
                        },
                        done::add)
                .metered(meters);
        waiting.addAll(Collections.nCopies(2_000, -1));
        loop.start();
        await().until(() -> done.size() == 2_000
                && meters.get("loop_places").gauge().value() == 1000
                && meters.get("loop_running").gauge().value() == 0);
        done.clear();
        looks.set(0);
        long began = System.nanoTime();

        for (int i = 0; i < 500; i++) {
            waiting.add(i);
            loop.wake();
        }

        await().until(() -> done.size() == 500);
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        assertThat(looks.get()).isLessThanOrEqualTo((int) (millis / 5) + 10);
        loop.stop(Duration.ofSeconds(1));
    }

    @Test
    void where_ends_bring_nothing_only_a_wake_or_the_poll_looks_again_and_a_full_loop_goes_on() {
        var looks = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            waiting.add(i);
        }
        var loop = new ClaimLoop<Integer>(
                        "test",
                        2,
                        NEVER,
                        most -> {
                            looks.incrementAndGet();
                            return claim(most);
                        },
                        done::add)
                .endsBringNothing();
        loop.start();
        await().until(() -> done.size() == 10);
        await().during(Duration.ofMillis(100)).until(() -> true);
        int before = looks.get();

        waiting.add(10);
        loop.wake();

        await().until(() -> done.contains(10));
        await().during(Duration.ofMillis(100)).until(() -> true);
        assertThat(looks.get()).isEqualTo(before + 1);
        loop.stop(Duration.ofSeconds(1));
    }

    @Test
    void a_piece_that_waits_goes_on_at_once_when_the_loop_closes() {
        waiting.add(1);
        var running = new CountDownLatch(1);
        var self = new ClaimLoop<?>[1];
        var loop = new ClaimLoop<>("test", 1, NEVER, this::claim, piece -> {
            running.countDown();
            try {
                if (self[0].closing().beginsWithin(NEVER)) {
                    done.add(piece);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        self[0] = loop;
        loop.start();
        awaitLatch(running);

        loop.stop(Duration.ofSeconds(10));

        assertThat(done).containsExactly(1);
    }

    private Claim<Integer> claim(int most) {
        return Claim.of(java.util.stream.Stream.generate(waiting::poll)
                .limit(most)
                .takeWhile(java.util.Objects::nonNull)
                .toList());
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
