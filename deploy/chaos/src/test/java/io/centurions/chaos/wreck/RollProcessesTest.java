package io.centurions.chaos.wreck;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.judge.Ending;
import io.centurions.chaos.plan.Fault;
import io.centurions.local.process.Probe;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real processes, which end when they are asked, or do not. */
class RollProcessesTest {

    private static final Duration PATIENT = Duration.ofSeconds(30);

    private static final String WILLING = "echo there; read end";
    private static final String DEAF = "trap '' TERM; echo there; read end";

    private static final Happened A_ROLL = new Happened(
            Duration.ofSeconds(12),
            new Fault.Roll("x", List.of("x")),
            Instant.EPOCH,
            Instant.EPOCH,
            Optional.empty(),
            0,
            0,
            List.of());

    private final Turns turns = new Turns();
    private final Map<String, Process> processes = new ConcurrentHashMap<>();
    private final Map<String, Probe> probes = new ConcurrentHashMap<>();
    private final List<String> counted = new ArrayList<>();

    @AfterEach
    void end() {
        processes.values().forEach(Process::destroyForcibly);
    }

    @Test
    void one_that_ends_by_itself_leaves_nothing_on_the_wire() throws Exception {
        start("x", WILLING);

        List<Ending> endings = roll(PATIENT, "x");

        assertThat(endings).singleElement().satisfies(ending -> {
            assertThat(ending.byItself()).isTrue();
            assertThat(ending.back()).isTrue();
        });
        assertThat(counted).isEmpty();
    }

    @Test
    void what_one_that_is_forced_has_on_the_wire_is_counted_just_before_and_it_is_down_until_its_successor_serves()
            throws Exception {
        start("x", DEAF);
        Map<String, Instant> served = new HashMap<>();
        List<String> looks = new ArrayList<>();
        probes.put("x", () -> {
            if (isThere("x")) {
                return Optional.empty();
            }
            looks.add("after");
            served.put("x", Instant.now());
            return looks.size() < 3 ? Optional.of("starts") : Optional.empty();
        });
        Instant before = Instant.now();

        Ending ending = roll(Duration.ofMillis(300), "x").getFirst();

        assertThat(counted).containsExactly("x alive");
        assertThat(ending.byItself()).isFalse();
        assertThat(ending.back()).isTrue();
        Ending.Forced forced = ending.forced().orElseThrow();
        assertThat(forced.inFlight()).isEqualTo(7);
        assertThat(forced.from()).isAfterOrEqualTo(before.plusMillis(300));
        assertThat(forced.until()).isAfterOrEqualTo(served.get("x"));
        assertThat(looks).hasSize(3);
        assertThat(A_ROLL.with(List.of(ending, ending)).inFlight())
                .as("of the whole roll")
                .isEqualTo(14);
    }

    @Test
    void the_next_one_is_asked_only_when_the_one_before_serves_and_only_that_one_has_its_turn_taken() throws Exception {
        start("x", WILLING);
        start("y", WILLING);
        CountDownLatch down = new CountDownLatch(1);
        CountDownLatch serves = new CountDownLatch(1);
        probes.put("x", () -> {
            if (!isThere("x")) {
                down.countDown();
                waitFor(serves);
            }
            return Optional.empty();
        });
        FutureTask<List<Ending>> rolled = begin(() -> roll(PATIENT, "x", "y"));
        waitFor(down);

        FutureTask<Long> other = begin(() -> turns.take("y", serves::getCount));
        FutureTask<Long> next = new FutureTask<>(() -> turns.take("x", serves::getCount));
        TurnsTest.stands(Thread.ofPlatform().daemon().start(next));
        assertThat(end(other)).as("it waited for nothing").isEqualTo(1);
        Instant back = Instant.now();
        serves.countDown();

        assertThat(end(rolled)).extracting(Ending::process).containsExactly("x", "y");
        assertThat(end(rolled).getLast().asked()).isAfterOrEqualTo(back);
        assertThat(end(next)).as("its turn came when it served").isZero();
    }

    @Test
    void one_whose_turn_another_fault_has_is_asked_when_that_is_over() throws Exception {
        start("x", WILLING);
        FutureTask<List<Ending>> rolled = new FutureTask<>(() -> roll(PATIENT, "x"));

        Instant over = turns.take("x", () -> {
            TurnsTest.stands(Thread.ofPlatform().daemon().start(rolled));
            return Instant.now();
        });

        assertThat(end(rolled)).singleElement().satisfies(ending -> {
            assertThat(ending.asked()).isAfterOrEqualTo(over);
            assertThat(ending.back()).isTrue();
        });
    }

    private static <T> FutureTask<T> begin(Callable<T> act) {
        FutureTask<T> task = new FutureTask<>(act);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static <T> T end(FutureTask<T> task) throws Exception {
        return task.get(PATIENT.toSeconds(), TimeUnit.SECONDS);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(String name, String script) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", script).start();
        processes.put(name, process);
        probes.put(name, Optional::empty);
        assertThat(process.inputReader().readLine()).isEqualTo("there");
    }

    private List<Ending> roll(Duration grace, String... names) throws InterruptedException {
        return new RollProcesses(turns, probes, name -> processes.get(name).pid(), this::onTheWire, grace)
                .roll(List.of(names));
    }

    // As the code looks: Java's own view of a child lags behind.
    private boolean isThere(String name) {
        return Wreck.isThere(processes.get(name).pid());
    }

    private long onTheWire(String name) {
        counted.add(name + (isThere(name) ? " alive" : " gone"));
        return 7;
    }
}
