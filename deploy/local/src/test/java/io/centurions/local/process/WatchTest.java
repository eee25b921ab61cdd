package io.centurions.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.local.balance.Balancer;
import io.centurions.local.plan.HttpProbe;
import io.centurions.sandbox.SandboxMain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchTest {

    private static final String STOPPED = "{\"level\":\"INFO\",\"message\":\"agent-runtime stopped in 0.811s\"}";

    private static final Optional<String> LATER = Optional.of("its first word");

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
                "balancer: all connections are closed",
                "sandbox: nothing is simulated any more",
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

    @Test
    void the_balancer_that_ends_as_it_was_asked_to_has_not_died() throws Exception {
        int port = freePort();
        Running asked = watched(
                java(Balancer.class, port + "=" + freePort()),
                Map.of(),
                () -> cutsOff(port) ? Optional.empty() : LATER);

        asked.handle().destroy();

        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("was stopped by a signal");
    }

    @Test
    void the_sandbox_that_ends_as_it_was_asked_to_has_not_died() throws Exception {
        int port = freePort();
        Running asked = watched(
                java(SandboxMain.class),
                Map.of("PORT", Integer.toString(port)),
                new HttpProbe("http://localhost:" + port + "/health"));

        asked.handle().destroy();

        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("was stopped by a signal");
    }

    @Test
    void a_failure_that_it_survived_is_not_told_as_the_reason_of_its_end() throws Exception {
        Member member = member(
                shell("echo under way; i=0; while :; do sleep 0.1; i=$((i+1)); echo tick $i;"
                        + " [ $i = 5 ] && echo 'an Exception of the past'; done"),
                Map.of(),
                () -> wrote("under way"));
        Crew crew = new Crew(roster());
        Running killed = crew.start(member);
        crew.await(member, killed.handle());
        watchAll(crew, member);
        crew.await(with(member, () -> wrote("tick 25")), killed.handle());

        killed.handle().destroyForcibly();

        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("has died; it is started again");
        crew.close();
    }

    @Test
    void each_life_is_told_of_with_its_own_failure_and_no_other() throws Exception {
        Path lived = folder.resolve("lived");
        Member member = member(
                shell("test -e " + lived + " || { touch " + lived + "; echo 'FATAL: no room'; exit 1; };"
                        + " echo under way; exec sleep 60"),
                Map.of(),
                () -> wrote("under way"));
        Crew crew = new Crew(roster());

        watchAll(crew, member);

        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("is started again as process");
        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("has died (last failure in its log: FATAL: no room)");
        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("is started again as process");
        Running second = roster().find("some").orElseThrow();
        crew.await(member, second.handle());
        second.handle().destroyForcibly();
        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("has died; it is started again");
        crew.close();
    }

    @Test
    void one_that_cannot_be_started_is_tried_until_it_can() throws Exception {
        Path inTheWay = Files.createFile(folder.resolve("logs"));
        Member member = member(shell("exec sleep 60"), Map.of(), Optional::empty, inTheWay.resolve("some.log"));
        Crew crew = new Crew(roster());

        watchAll(crew, member);

        assertThat(said.poll(10, TimeUnit.SECONDS))
                .contains("some could not be started again")
                .contains("the next try is in 1 s");
        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("the next try is in 2 s");
        Files.delete(inTheWay);
        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("some is started again as process");
        crew.close();
    }

    @Test
    void a_bug_while_starting_one_ends_its_watch_no_more_than_trouble_does() throws Exception {
        Member member = member(shell("exec sleep 60"), Map.of("no=name", "of a variable"), Optional::empty);
        Crew crew = new Crew(roster());

        watchAll(crew, member);

        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("IllegalArgumentException");
        assertThat(said.poll(10, TimeUnit.SECONDS)).contains("IllegalArgumentException");
        crew.close();
    }

    // As of the processes that a detached launcher takes over from another one.
    @Test
    @EnabledOnOs(OS.LINUX)
    void an_end_that_nobody_collects_is_noticed_within_moments() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
        try {
            long pid = Long.parseLong(parent.inputReader().readLine());
            ProcessHandle noChild = ProcessHandle.of(pid).orElseThrow();
            roster().enter("some", noChild, 1);
            watch(new Crew(roster()), member(List.of(), Map.of(), Optional::empty));

            noChild.destroyForcibly();

            assertThat(said.poll(3, TimeUnit.SECONDS)).contains("has died");
        } finally {
            parent.destroyForcibly();
        }
    }

    // Watched from when it is under way, so that a signal meets its trap.
    private Running watched(String traps) {
        return watched(
                shell(traps + "; echo under way; while :; do sleep 0.1; done"), Map.of(), () -> wrote("under way"));
    }

    private Optional<String> wrote(String word) {
        try {
            return Files.readString(folder.resolve("some.log")).contains(word + "\n") ? Optional.empty() : LATER;
        } catch (IOException notYet) {
            return LATER;
        }
    }

    private Running watched(List<String> command, Map<String, String> set, Probe ready) {
        Crew crew = new Crew(roster());
        Member member = member(command, set, ready);
        Running running = crew.start(member);
        crew.await(member, running.handle());
        watch(crew, member);
        return running;
    }

    private void watch(Crew crew, Member member) {
        new Watch(roster(), crew, line -> {
                    crew.close();
                    said.add(line);
                })
                .over(List.of(member));
    }

    /** Goes on after the first word, and looks often. */
    private void watchAll(Crew crew, Member member) {
        new Watch(roster(), crew, said::add, Duration.ofMillis(20)).over(List.of(member));
    }

    private Member member(List<String> command, Map<String, String> set, Probe ready) {
        return member(command, set, ready, folder.resolve("some.log"));
    }

    private static Member member(List<String> command, Map<String, String> set, Probe ready, Path log) {
        return new Member("some", 1, command, set, Set.of(), log, ready, Duration.ofSeconds(30), "TERM");
    }

    private static Member with(Member member, Probe ready) {
        return member(member.command(), member.set(), ready, member.log());
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }

    private static List<String> java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    // It takes connections, and nobody is behind it.
    private static boolean cutsOff(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Roster roster() {
        return new Roster(folder.resolve("run"));
    }
}
