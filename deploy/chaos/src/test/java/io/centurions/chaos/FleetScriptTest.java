package io.centurions.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.plan.Kind;
import io.centurions.local.place.Ports;
import io.centurions.local.place.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./fleet} makes of its words, and {@code ./fleet test} of a run of chaos, with what acts replaced. */
class FleetScriptTest {

    /** The code that the script ends with where it would act. */
    private static final int ACTS = 9;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            chaos --seconds abc                | --seconds takes a number from 30 to 86400, not 'abc'
            chaos --seconds 030                | --seconds takes a number
            chaos --seed 99999999999999999999  | --seed takes a number
            chaos --replicas 0                 | --replicas takes a number from 1 to 5, not '0'
            chaos --replicas                   | --replicas needs a value
            chaos --faults kill,earthquake     | --faults takes some of kill freeze roll redis flush postgres provider, not 'earthquake'
            chaos --faults kill,,flush         | --faults takes some of
            chaos --pace fast                  | takes --seconds --seed --replicas --port-base --leads --faults, not '--pace'
            bench nonsense                     | takes intake backbone turns waiting slow-model companies --quick --profile --port-base, not 'nonsense'
            bench --port-base free             | --port-base takes a number
            story --pace slow                  | --pace takes fast or human, not 'slow'
            up --replicas 6                    | --replicas takes a number from 1 to 5
            reset all                          | takes no arguments, not 'all'
            test --quick                       | takes no arguments
            """)
    void a_mistyped_command_says_what_is_allowed_and_does_nothing(String words, String said) throws Exception {
        Ended ended = fleet(words);

        assertThat(ended.code()).as(ended.said()).isEqualTo(2);
        assertThat(ended.said()).contains(said).contains("usage: ./fleet " + words.split(" ")[0]);
    }

    @Test
    void an_unknown_command_does_nothing() throws Exception {
        assertThat(fleet("chaso").code()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--seconds 29", "--seconds 30", "--seconds 86400", "--seconds 86401", "--leads 0", "--leads 1",
                "--leads 100000", "--leads 100001", "--seed 0", "--seed -1", "--seed 7", "--faults ,",
                "--faults kill,freeze,roll,redis,flush,postgres,provider"
            })
    void the_script_takes_what_the_run_takes(String words) throws Exception {
        boolean taken = takes(() -> Options.parse(List.of(words.split(" "))));

        assertThat(fleet("chaos " + words).code()).isEqualTo(taken ? ACTS : 2);
    }

    @Test
    void the_script_knows_every_kind_of_fault_and_the_bounds_of_a_fleet() throws Exception {
        for (Kind kind : Kind.values()) {
            assertThat(fleet("chaos --faults " + kind.name().toLowerCase(Locale.ROOT))
                            .code())
                    .isEqualTo(ACTS);
        }
        for (int base : List.of(1023, 1024, 65_536 - Ports.SPAN, 65_537 - Ports.SPAN)) {
            assertThat(fleet("up --port-base " + base).code()).isEqualTo(takes(() -> new Ports(base)) ? ACTS : 2);
        }
        assertThat(fleet("up --replicas " + Ports.REPLICAS_MOST).code()).isEqualTo(ACTS);
        assertThat(fleet("up --replicas " + (Ports.REPLICAS_MOST + 1)).code()).isEqualTo(2);
    }

    private static boolean takes(Runnable asked) {
        try {
            asked.run();
            return true;
        } catch (Trouble refused) {
            return false;
        }
    }

    private record Ended(int code, String said) {}

    // All of the script, but with its first act replaced: it ends there.
    private Ended fleet(String words) throws IOException, InterruptedException {
        String command = "\n# ---- the command";
        String script = script().replace(command, "\nprepare_launcher() { exit " + ACTS + "; }" + command);
        Path file = Files.writeString(home.resolve("fleet"), script);
        List<String> whole = new ArrayList<>(List.of("bash", file.toString()));
        whole.addAll(List.of(words.split(" ")));
        Process process = new ProcessBuilder(whole).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
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
        int begin = script().indexOf("try_chaos() {");
        return script().substring(begin, script().indexOf("\n}\n", begin) + 3);
    }

    private static String script() throws IOException {
        return Files.readString(Path.of("../../fleet"), StandardCharsets.UTF_8);
    }
}
