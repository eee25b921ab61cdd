package io.centurions.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest {

    private static final String STOPPED = "{\"level\":\"INFO\",\"message\":\"agent-runtime stopped in 0.811s\"}";

    @TempDir
    Path folder;

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    @AfterEach
    void nothing_stays_behind() {
        new StopMember(roster()).stop(roster().all(), "TERM");
    }

    @Test
    void a_process_that_ends_as_it_was_asked_to_has_not_died() throws Exception {
        Running asked = watched("trap 'echo \"" + STOPPED.replace("\"", "\\\"") + "\"; exit 143' TERM");

        asked.handle().destroy();

        assertThat(said.poll(10, TimeUnit.SECONDS))
                .contains("was stopped by a signal")
                .doesNotContain("died");
    }

    @Test
    void a_process_that_is_killed_has_died() throws Exception {
        Running killed = watched("trap '' TERM");

        killed.handle().destroyForcibly();

        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("has died; it is started again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                STOPPED,
                "2641:signal-handler (1795174578) Received SIGTERM scheduling shutdown...",
                "2026-11-20 11:36:18.966 UTC [2686] LOG:  received immediate shutdown request"
            })
    void what_each_of_them_says_when_it_is_asked_to_end_is_known(String line) throws IOException {
        Path log = folder.resolve("some.log");
        Files.writeString(log, line + "\n");
        assertThat(LastWords.wasAsked(log, 0)).isTrue();
        assertThat(LastWords.wasAsked(log, LastWords.size(log)))
                .as("an earlier end is not this one")
                .isFalse();
    }

    // Watched from when it is under way, so that a signal meets its trap.
    private Running watched(String traps) {
        Crew crew = new Crew(roster());
        Path log = folder.resolve("some.log");
        Member member = new Member(
                "some",
                1,
                List.of("sh", "-c", traps + "; echo under way; while :; do sleep 0.1; done"),
                Map.of(),
                Set.of(),
                log,
                () -> LastWords.of(log).equals("under way") ? Optional.empty() : Optional.of("its first word"),
                Duration.ofSeconds(5),
                "TERM");
        Running running = crew.start(member);
        crew.await(member, running.handle());
        new Watch(roster(), crew, line -> {
                    crew.close();
                    said.add(line);
                })
                .over(List.of(member));
        return running;
    }

    private Roster roster() {
        return new Roster(folder.resolve("run"));
    }
}
