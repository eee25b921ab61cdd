package io.centurions.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.plan.Fault;
import io.centurions.chaos.plan.FaultPlan;
import io.centurions.chaos.plan.Planned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code ./fleet} sets for a run is what the run takes for set, and what services read. */
class ChaosWorldTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern SETTING = Pattern.compile("(?m)^    [\\w<>]+ (\\w+)\\(\\);");

    /** How late a reader that is dead is noticed, and how late after its time-out a call is resolved. */
    private static final Duration CLAIM = Duration.ofSeconds(5);

    @Test
    void calls_to_leads_take_as_long_as_the_judge_takes_them_to() throws Exception {
        Map<String, String> world = world();

        assertThat(List.of(seconds(world, "CENTURIONS_DELIVERY_LEASE"), seconds(world, "DELIVERY_LEASE")))
                .containsOnly(Chaos.TIMES.lease());
        assertThat(List.of(
                        seconds(world, "CENTURIONS_DELIVERY_CALL_TIMEOUT"), seconds(world, "EVOLUTION_CALL_TIMEOUT")))
                .containsOnly(Chaos.TIMES.timeout());
    }

    @Test
    void a_freeze_outlasts_every_lease_that_is_set() throws Exception {
        Map<String, String> world = world();

        assertThat(Chaos.TIMES.lease().plus(Chaos.TIMES.timeout()).plus(Chaos.TIMES.margin()))
                .isLessThan(freeze());
        assertThat(List.of("SIGNING_LEASE", "CAPI_DISPATCH_LEASE", "CENTURIONS_STREAMS_DEAD_AFTER"))
                .allSatisfy(name -> assertThat(seconds(world, name).plus(CLAIM)).isLessThan(freeze()));
    }

    @Test
    void what_is_set_is_a_setting_of_some_service() throws Exception {
        Set<String> known = settings();

        assertThat(world().keySet())
                .filteredOn(name -> !name.startsWith("SANDBOX_"))
                .allSatisfy(name -> assertThat(known).contains(name));
    }

    private static Duration freeze() {
        return FaultPlan.draw(7, 600, List.of("agent-runtime", "capi-dispatcher")).stream()
                .map(Planned::fault)
                .filter(Fault.Freeze.class::isInstance)
                .map(fault -> ((Fault.Freeze) fault).lasts())
                .findFirst()
                .orElseThrow();
    }

    private static Duration seconds(Map<String, String> world, String name) {
        return Duration.parse("PT" + world.get(name));
    }

    /** What the script's function exports. */
    private static Map<String, String> world() throws IOException, InterruptedException {
        String script = Files.readString(ROOT.resolve("fleet"), StandardCharsets.UTF_8);
        int begin = script.indexOf("chaos_world() {");
        String function = script.substring(begin, script.indexOf("\n}\n", begin) + 3);
        ProcessBuilder bash = new ProcessBuilder("bash", "-c", function + "chaos_world; export -p");
        bash.environment().keySet().retainAll(Set.of("PATH"));
        Process process = bash.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        Map<String, String> world = new TreeMap<>();
        Matcher exported = Pattern.compile("declare -x (\\w+)=\"([^\"]*)\"").matcher(said);
        while (exported.find()) {
            world.put(exported.group(1), exported.group(2));
        }
        world.keySet().removeAll(Set.of("PATH", "PWD", "OLDPWD", "SHLVL", "_"));
        return world;
    }

    /** As environment variables, of all services. */
    private static Set<String> settings() throws IOException {
        Set<String> names = new HashSet<>();
        for (Path modules : List.of(ROOT, ROOT.resolve("platform"))) {
            try (Stream<Path> all = Files.list(modules)) {
                for (Path sources : all.map(module -> module.resolve("src/main/java"))
                        .filter(Files::isDirectory)
                        .toList()) {
                    names.addAll(settings(sources));
                }
            }
        }
        return names;
    }

    private static Set<String> settings(Path sources) throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith("Config.java"))
                    .map(ChaosWorldTest::text)
                    .forEach(text -> {
                        Matcher prefix = PREFIX.matcher(text);
                        if (prefix.find()) {
                            SETTING.matcher(text)
                                    .results()
                                    .forEach(setting -> names.add(variable(prefix.group(1), setting.group(1))));
                        }
                    });
        }
        return names;
    }

    private static String variable(String prefix, String setting) {
        String words = prefix + "." + setting.replaceAll("([A-Z])", "-$1");
        return words.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
