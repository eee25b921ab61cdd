package io.centurions.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FoldTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofHours(1);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<Waiting>> folds = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @AfterEach
    void end() {
        gate.countDown();
        callers.shutdownNow();
    }

    @Test
    void who_comes_when_it_is_quiet_is_served_at_once_and_alone() {
        Fold fold = new Fold(this::store, 2, 64, 256, AT_ONCE);

        assertThat(Given.words(fold.store(Given.waiting("a")))).containsExactly("a");
        assertThat(Given.words(fold.store(Given.waiting("b")))).containsExactly("b");

        assertThat(folds).extracting(List::size).containsExactly(1, 1);
    }

    @Test
    void while_two_are_on_their_way_the_next_ones_collect_and_each_gets_its_own_answer() throws Exception {
        Fold fold = new Fold(this::store, 2, 64, 256, AT_ONCE);
        gate = new CountDownLatch(1);
        List<Future<List<Outcome>>> answers = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            String item = "item-" + i;
            answers.add(callers.submit(() -> fold.store(Given.waiting(item, item + "b"))));
            if (i < 2) {
                int begun = i + 1;
                await().until(() -> folds.size() == begun);
            }
        }
        gate.countDown();

        for (int i = 0; i < 200; i++) {
            assertThat(Given.words(answers.get(i).get())).containsExactly("item-" + i, "item-" + i + "b");
        }
        assertThat(mostUnderWay.get()).isEqualTo(2);
        assertThat(folds.stream().mapToInt(List::size).max().orElseThrow()).isBetween(2, 64);
        assertThat(folds.size()).isLessThan(100);
    }

    @Test
    void beside_one_on_its_way_no_other_begins_for_a_few() throws Exception {
        Fold fold = new Fold(this::store, 2, 8, 256, NEVER);
        List<Thread> waiting = gated(fold, 4);

        gate.countDown();
        for (Thread each : waiting) {
            each.join();
        }

        assertThat(mostUnderWay.get()).isEqualTo(1);
        assertThat(folds).extracting(List::size).containsExactly(1, 3);
    }

    @Test
    void beside_one_on_its_way_another_begins_when_half_a_fold_waits() {
        Fold fold = new Fold(this::store, 2, 8, 256, NEVER);
        gated(fold, 5);

        await().until(() -> folds.size() == 2);
    }

    @Test
    void beside_one_on_its_way_another_begins_for_a_large_one() {
        Fold fold = new Fold(this::store, 2, 64, 256, NEVER);
        gated(fold, 1);

        callers.submit(() -> fold.store(Given.waiting("x".repeat(128 * 1024))));

        await().until(() -> folds.size() == 2);
    }

    @Test
    void the_second_ends_when_there_are_few_again() throws Exception {
        Fold fold = new Fold(this::store, 2, 8, 256, NEVER);
        CountDownLatch firstGate = new CountDownLatch(1);
        gate = firstGate;
        Future<List<Outcome>> first = callers.submit(() -> fold.store(Given.waiting("first")));
        await().until(() -> folds.size() == 1);
        gate = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            callers.submit(() -> fold.store(Given.waiting("many")));
        }
        await().until(() -> folds.size() == 2);
        Future<List<Outcome>> late = callers.submit(() -> fold.store(Given.waiting("late")));

        firstGate.countDown();

        assertThat(Given.words(first.get())).containsExactly("first");
        await().until(() -> underWay.get() == 1);
        assertThat(late.isDone()).isFalse();
        assertThat(folds).hasSize(2);
        gate.countDown();
        assertThat(Given.words(late.get())).containsExactly("late");
    }

    @Test
    void who_came_after_a_slow_one_waits_for_it_no_longer_though_nobody_else_comes() {
        Fold fold = new Fold(this::store, 2, 64, 256, Duration.ofSeconds(2));
        gated(fold, 2);
        assertThat(folds).hasSize(1);

        await().until(() -> folds.size() == 2);
    }

    @Test
    void a_fold_holds_no_more_items_than_allowed_but_one_webhook_may() throws Exception {
        Fold fold = new Fold(this::store, 1, 64, 4, AT_ONCE);
        gate = new CountDownLatch(1);
        List<Future<List<Outcome>>> answers = new ArrayList<>();
        answers.add(callers.submit(() -> fold.store(Given.waiting("first"))));
        await().until(() -> folds.size() == 1);
        for (int i = 0; i < 6; i++) {
            answers.add(callers.submit(() -> fold.store(Given.waiting("x", "y"))));
        }
        answers.add(callers.submit(() -> fold.store(Given.waiting("1", "2", "3", "4", "5"))));
        gate.countDown();
        for (Future<List<Outcome>> answer : answers) {
            answer.get();
        }

        assertThat(folds)
                .allSatisfy(
                        each -> assertThat(each.size() == 1 || Given.items(each).count() <= 4)
                                .isTrue());
    }

    @Test
    void a_caller_that_gives_up_takes_nobody_with_it() throws Exception {
        Fold fold = new Fold(this::store, 1, 64, 256, AT_ONCE);
        gate = new CountDownLatch(1);
        Thread impatient = Thread.ofVirtual()
                .start(() -> assertThatThrownBy(() -> fold.store(Given.waiting("gone")))
                        .isInstanceOf(DatabaseUnavailable.class));
        await().until(() -> folds.size() == 1);
        Future<List<Outcome>> patient = callers.submit(() -> fold.store(Given.waiting("stays")));

        impatient.interrupt();
        impatient.join();
        gate.countDown();

        assertThat(Given.words(patient.get())).containsExactly("stays");
    }

    @Test
    void a_failure_answers_those_of_its_fold_and_the_next_one_is_stored() throws Exception {
        Fold fold = new Fold(
                waiting -> {
                    if (Given.items(waiting).anyMatch("bug"::equals)) {
                        throw new IllegalStateException("bug");
                    }
                    store(waiting);
                },
                1,
                64,
                256,
                AT_ONCE);

        assertThatThrownBy(() -> fold.store(Given.waiting("bug"))).isInstanceOf(IllegalStateException.class);
        assertThat(Given.words(fold.store(Given.waiting("fine")))).containsExactly("fine");
    }

    @Test
    void who_finds_no_thread_is_told_so_and_the_next_one_is_served() {
        AtomicBoolean noThread = new AtomicBoolean(true);
        Fold fold = without(noThread, 1);

        assertThatThrownBy(() -> fold.store(Given.waiting("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(Given.words(fold.store(Given.waiting("b")))).containsExactly("b");
        assertThat(folds).hasSize(1);
    }

    @Test
    void who_finds_no_thread_is_served_by_a_statement_that_is_on_its_way() throws Exception {
        AtomicBoolean noThread = new AtomicBoolean();
        Fold fold = without(noThread, 2);
        gate = new CountDownLatch(1);
        Future<List<Outcome>> first = callers.submit(() -> fold.store(Given.waiting("a")));
        await().until(() -> folds.size() == 1);
        noThread.set(true);

        Future<List<Outcome>> second = callers.submit(() -> fold.store(Given.waiting("b")));
        await().untilFalse(noThread);
        gate.countDown();

        assertThat(Given.words(first.get())).containsExactly("a");
        assertThat(Given.words(second.get())).containsExactly("b");
    }

    /** So many callers, of which the first is on its way and the others have joined. */
    private List<Thread> gated(Fold fold, int callersInAll) {
        gate = new CountDownLatch(1);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < callersInAll; i++) {
            String item = "item-" + i;
            Thread caller = Thread.ofVirtual().start(() -> fold.store(Given.waiting(item)));
            waiting.add(caller);
            await().until(() -> caller.getState() == Thread.State.TIMED_WAITING && !folds.isEmpty());
        }
        return waiting;
    }

    /** Refuses one thread, when told so. */
    private Fold without(AtomicBoolean noThread, int mostStatements) {
        return new Fold(this::store, mostStatements, 2, 256, NEVER) {
            @Override
            void begin(Runnable drain) {
                if (noThread.getAndSet(false)) {
                    throw new OutOfMemoryError("unable to create native thread, told so by the test");
                }
                super.begin(drain);
            }
        };
    }

    private void store(List<Waiting> fold) {
        folds.add(fold);
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            underWay.decrementAndGet();
        }
        fold.forEach(waiting -> waiting.answer(Given.echoes(List.of(waiting))));
    }
}
