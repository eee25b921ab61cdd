package io.centurions.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story that goes before chaos right after a build, with what acts replaced. */
class RehearsalTest {

    private static final Instant BUILT = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path root;

    @BeforeEach
    void build() throws IOException {
        for (String service : List.of("one", "two")) {
            Path jar = Files.createDirectories(root.resolve(service + "/target/quarkus-app"))
                    .resolve("quarkus-run.jar");
            Files.setLastModifiedTime(Files.createFile(jar), FileTime.from(BUILT));
        }
    }

    @Test
    void where_each_service_has_kept_what_it_loads_nothing_goes_first() throws Exception {
        archive("one", 1);
        archive("two", 1);

        assertThat(said(begun("play() { :; }"))).isEqualTo("goes on\n");
    }

    @Test
    void an_archive_of_the_build_before_is_none() throws Exception {
        archive("one", 1);
        archive("two", -1);

        assertThat(said(begun("play() { :; }"))).contains("did reset", "did up", "did down");
    }

    @Test
    void a_story_that_cannot_be_played_ends_neither_the_script_nor_the_fleet_left_up() throws Exception {
        archive("one", 1);

        String said = said(begun("play() { exit 1; }"));

        assertThat(said).containsSubsequence("did up", "did down", "is slow, of: two\n", "goes on");
    }

    @Test
    void a_signal_ends_the_story_at_once_and_the_fleet_with_it() throws Exception {
        Process script = begun("play() { echo playing >&3; exec tail -f /dev/null; }");
        try (BufferedReader out = script.inputReader(StandardCharsets.UTF_8)) {
            String line = out.readLine();
            while (line != null && !line.equals("playing")) {
                line = out.readLine();
            }

            // Process.destroy would close the pipe that it still writes to.
            script.toHandle().destroy();

            assertThat(script.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(script.exitValue()).isEqualTo(130);
            assertThat(out.lines()).containsExactly("launched down");
        } finally {
            script.destroyForcibly();
        }
    }

    private void archive(String service, int seconds) throws IOException {
        Path archive = root.resolve(service + "/target/start-17-42.jsa");
        Files.setLastModifiedTime(Files.createFile(archive), FileTime.from(BUILT.plusSeconds(seconds)));
    }

    private Process begun(String play) throws IOException {
        String script = "exec 3>&1; root='" + root + "'; build_home=$root/.fleet; services='one two'; terminal=true; "
                + "prepare_launcher() { :; }; java_launcher() { echo \"launched $1\" >&3; }; "
                + "hand_over() { echo \"did $1\" >&3; }; " + play + "; " + functions()
                + "rehearse free; echo 'goes on'";
        return new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
    }

    private static String said(Process script) throws IOException, InterruptedException {
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(said).isZero();
        return said;
    }

    private static String functions() throws IOException {
        String script = Files.readString(Path.of("../../fleet"), StandardCharsets.UTF_8);
        return script.substring(script.indexOf("without_archive() {"), script.indexOf("# wreck REPLICAS BASE"));
    }
}
