package io.centurions.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./fleet test} makes of a run of chaos, with the run itself replaced. */
class FleetScriptTest {

    @TempDir
    private Path home;

    @Test
    void a_run_that_ended_well_with_a_report_is_no_failure() throws Exception {
        assertThat(tryChaos("0", 0)).isZero();
    }

    @Test
    void what_the_report_counts_is_not_counted_again() throws Exception {
        assertThat(tryChaos("2", 1)).isZero();
    }

    @Test
    void a_bad_end_beside_a_clean_report_is_a_failure() throws Exception {
        assertThat(tryChaos("0", 1)).isOne();
    }

    @Test
    void a_run_without_a_report_is_a_failure_however_it_ended() throws Exception {
        assertThat(tryChaos(null, 1)).isOne();
        assertThat(tryChaos(null, 0)).isOne();
    }

    private int tryChaos(String failures, int code) throws IOException, InterruptedException {
        Path story = Files.createDirectories(home.resolve("story"));
        String report = failures == null
                ? ""
                : "echo '<testsuite name=\"chaos\" errors=\"0\" failures=\"" + failures + "\">' >'"
                        + story.resolve("TEST-chaos.xml") + "'; ";
        String script = "home='" + home + "'; chaos_world() { :; }; prepare_launcher() { :; }; wreck() { " + report
                + "return " + code + "; }; " + function() + " try_chaos chaos --seconds 90";
        Process process = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor();
    }

    private static String function() throws IOException {
        String script = Files.readString(Path.of("../../fleet"), StandardCharsets.UTF_8);
        int begin = script.indexOf("try_chaos() {");
        return script.substring(begin, script.indexOf("\n}\n", begin) + 3);
    }
}
