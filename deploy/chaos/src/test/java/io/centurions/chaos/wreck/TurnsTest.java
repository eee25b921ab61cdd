package io.centurions.chaos.wreck;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.world.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Turns turns = new Turns();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch back = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.forEach(Thread::interrupt);
    }

    @Test
    void two_faults_on_one_process_come_one_after_the_other() throws InterruptedException {
        lasting("x");

        Thread second = waiting("x", "second");
        assertThat(seen).containsExactly("x is hit");
        back.countDown();
        assertThat(second.join(LONG)).isTrue();

        assertThat(seen).containsExactly("x is hit", "x is back", "second");
    }

    @Test
    void they_come_in_the_order_in_which_they_came_to_wait() throws InterruptedException {
        lasting("x");
        List<String> names = List.of("a", "b", "c", "d", "e");
        List<Thread> waiting = names.stream().map(name -> waiting("x", name)).toList();

        back.countDown();
        for (Thread one : waiting) {
            assertThat(one.join(LONG)).isTrue();
        }

        assertThat(seen.subList(2, seen.size())).isEqualTo(names);
    }

    @Test
    void another_process_waits_for_none_of_it() throws InterruptedException {
        lasting("x");

        turns.take("y", () -> seen.add("y"));

        assertThat(seen).containsExactly("x is hit", "y");
    }

    @Test
    void a_fault_that_is_interrupted_while_it_waits_is_not_made_and_keeps_nobody_waiting() throws InterruptedException {
        lasting("x");
        Thread second = waiting("x", "second");
        Thread third = waiting("x", "third");

        second.interrupt();
        assertThat(second.join(LONG)).isTrue();
        back.countDown();
        assertThat(third.join(LONG)).isTrue();

        assertThat(seen).containsExactly("x is hit", "second is not made", "x is back", "third");
    }

    @Test
    void a_fault_that_could_not_be_made_gives_its_turn_back() throws InterruptedException {
        Thread failing = begin(() -> turns.take("x", () -> {
            throw new IllegalStateException("x does not serve");
        }));
        assertThat(failing.join(LONG)).isTrue();

        turns.take("x", () -> seen.add("next"));

        assertThat(seen).containsExactly("x does not serve", "next");
    }

    // Holds the turn until the test lets go.
    private void lasting(String process) throws InterruptedException {
        CountDownLatch hit = new CountDownLatch(1);
        begin(() -> turns.take(process, () -> {
            seen.add(process + " is hit");
            hit.countDown();
            try {
                back.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return seen.add(process + " is back");
        }));
        assertThat(hit.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private Thread waiting(String process, String name) {
        Thread thread = begin(() -> {
            try {
                return turns.take(process, () -> seen.add(name));
            } catch (InterruptedException e) {
                return seen.add(name + " is not made");
            }
        });
        stands(thread);
        return thread;
    }

    /** Returns when it waits for a turn, not merely when it was started; or when it has gone where it must not. */
    static void stands(Thread thread) {
        Patience.until(
                "thread that waits",
                LONG,
                () -> thread.getState() == Thread.State.WAITING || !thread.isAlive()
                        ? Optional.of(thread)
                        : Optional.empty());
    }

    private Thread begin(Callable<?> act) {
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                act.call();
            } catch (Exception e) {
                seen.add(String.valueOf(e.getMessage()));
            }
        });
        threads.add(thread);
        return thread;
    }
}
