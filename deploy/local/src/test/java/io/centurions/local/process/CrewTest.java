package io.centurions.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.local.place.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrewTest {

    @TempDir
    Path folder;

    private Roster roster() {
        return new Roster(folder.resolve("run"));
    }

    @AfterEach
    void nothing_stays_behind() {
        new StopMember(roster()).stop(roster().all(), "TERM");
    }

    @Test
    void what_was_started_is_found_by_anyone_and_gone_after_stopping() {
        Running started = new Crew(roster()).start(member("sleeper", "exec sleep 60", Optional.of("never")));

        assertThat(roster().find("sleeper")).map(Running::pid).contains(started.pid());
        assertThat(new StopMember(roster()).stop(roster().all(), "TERM")).isEmpty();
        assertThat(roster().all()).isEmpty();
        // Until it is reaped, which its parent does, a process that has ended counts as alive.
        assertThat(started.handle().onExit()).succeedsWithin(Duration.ofSeconds(10));
    }

    @Test
    void an_entry_of_a_process_that_is_gone_counts_as_not_there() throws InterruptedException {
        Process gone = start("true");
        ProcessHandle handle = gone.toHandle();
        roster().enter("gone", handle, 1);
        gone.waitFor();

        assertThat(roster().find("gone")).isEmpty();
    }

    @Test
    void a_process_that_ends_while_starting_is_told_with_its_last_words() {
        Crew crew = new Crew(roster());
        Member failing = member("failing", "echo 'FATAL: no room'; exit 3", Optional.of("never"));
        Running started = crew.start(failing);

        assertThatThrownBy(() -> crew.await(failing, started.handle()))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("failing ended while starting: FATAL: no room");
    }

    @Test
    void a_process_that_is_never_ready_is_told_with_what_is_missing() {
        Crew crew = new Crew(roster());
        Member slow = member("slow", "exec sleep 60", Optional.of("table core.leads"));
        Running started = crew.start(slow);

        assertThatThrownBy(() -> crew.await(slow, started.handle()))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("table core.leads");
    }

    @Test
    void after_the_door_is_closed_nothing_is_started() {
        Crew crew = new Crew(roster());
        crew.close();

        assertThatThrownBy(() -> crew.start(member("late", "exec sleep 60", Optional.empty())))
                .isInstanceOf(Trouble.class);
        assertThat(roster().all()).isEmpty();
    }

    @Test
    void a_withheld_variable_is_not_seen() {
        Crew crew = new Crew(roster());
        Member member = new Member(
                "curious",
                1,
                List.of("sh", "-c", "echo \"PATH=[$PATH] OWN=[$OWN]\""),
                Map.of("OWN", "yes"),
                Set.of("PATH"),
                folder.resolve("curious.log"),
                () -> Optional.of("never"),
                Duration.ofSeconds(5),
                "TERM");
        Running started = crew.start(member);
        assertThatThrownBy(() -> crew.await(member, started.handle())).isInstanceOf(Trouble.class);

        assertThat(folder.resolve("curious.log"))
                .content()
                .contains("OWN=[yes]")
                .doesNotContain("PATH=[" + System.getenv("PATH") + "]");
    }

    @Test
    void waits_between_restarts_grow_up_to_half_a_minute() {
        assertThat(List.of(Watch.wait(0), Watch.wait(1), Watch.wait(4), Watch.wait(99)))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 16L, 30L);
    }

    private Member member(String name, String script, Optional<String> missing) {
        return new Member(
                name,
                1,
                List.of("sh", "-c", script),
                Map.of(),
                Set.of(),
                folder.resolve(name + ".log"),
                () -> missing,
                Duration.ofMillis(400),
                "TERM");
    }

    private static Process start(String... command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
