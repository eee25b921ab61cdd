package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader is promised about every source file. Exceptions stand here, each with its reason. */
class SourceRulesTest {

    private static final int MAIN_LINES_MAX = 300;
    private static final int TEST_LINES_MAX = 400;

    private static final Pattern ROLE_NAMES = Pattern.compile(
            "(\\w*(Utils?|Helper|Processor|Impl|Dto|Data|Info|Manager)|\\w+Service|(Base|Abstract)[A-Z]\\w*)");

    private static final Pattern JUNK_PACKAGES =
            Pattern.compile("package [\\w.]*\\.(common|misc|utils?|helpers?|service|model|dto|impl)(\\.[\\w.]+)?;");

    @Test
    void a_main_file_can_be_held_in_the_head() {
        assertThat(longerThan(Sources.mainJava(), MAIN_LINES_MAX)).isEmpty();
    }

    @Test
    void a_test_file_is_split_by_behaviour_before_it_grows_long() {
        assertThat(longerThan(Sources.testJava(), TEST_LINES_MAX)).isEmpty();
    }

    @Test
    void a_type_is_named_for_what_it_does() {
        assertThat(Sources.mainJava())
                .extracting(file -> file.getFileName().toString().replace(".java", ""))
                .noneMatch(name -> ROLE_NAMES.matcher(name).matches());
    }

    @Test
    void no_package_is_a_junk_drawer() {
        assertThat(Sources.mainJava())
                .allSatisfy(file -> assertThat(
                                JUNK_PACKAGES.matcher(Sources.text(file)).find())
                        .as(Sources.relative(file))
                        .isFalse());
    }

    @Test
    void every_package_says_what_it_promises() {
        Set<String> silent = new TreeSet<>();
        for (Path file : Sources.mainJava()) {
            if (!Files.exists(file.resolveSibling("package-info.java"))) {
                silent.add(Sources.relative(file.getParent()));
            }
        }

        assertThat(silent).isEmpty();
    }

    @Test
    void nothing_is_left_for_later_and_no_test_sleeps_or_is_switched_off() {
        // Built from parts, so that this file does not find itself.
        Pattern leftovers =
                Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled|assert" + "True\\(true\\)");
        Pattern sleeping = Pattern.compile("Thread\\.sl" + "eep\\(");
        List<Path> all = Stream.concat(Sources.mainJava().stream(), Sources.testJava().stream())
                .toList();

        assertThat(all).noneMatch(file -> leftovers.matcher(Sources.text(file)).find());
        assertThat(Sources.testJava())
                .noneMatch(file -> sleeping.matcher(Sources.text(file)).find());
    }

    @Test
    void every_loop_begins_nothing_more_before_any_of_them_waits() {
        var stop = Pattern.compile("@Observes (?:@Priority\\((\\d+)\\) )?ShutdownEvent");
        assertThat(Sources.mainJava())
                .allSatisfy(file -> assertThat(stop.matcher(Sources.text(file)).results())
                        .as("%s: closing is 8, waiting 15 or more", file)
                        .allMatch(found -> found.group(1) != null
                                && (found.group(1).equals("8") || Integer.parseInt(found.group(1)) >= 15)));
    }

    @Test
    void a_migration_says_why_it_exists_and_what_it_locks() {
        assertThat(Sources.migrations()).isNotEmpty().allSatisfy(file -> {
            assertThat(file.getFileName().toString()).matches("V\\d{4}__[a-z0-9_]+\\.sql");
            assertThat(Sources.lines(file).subList(0, 2))
                    .as(Sources.relative(file))
                    .allMatch(line -> line.startsWith("-- ") && line.length() > 20);
        });
    }

    @Test
    void a_table_of_core_is_protected_by_the_migration_that_creates_it() {
        Pattern creation = Pattern.compile("CREATE TABLE (core\\.\\w+) \\((.*?)\\n\\)", Pattern.DOTALL);
        for (Path file : Sources.migrations()) {
            String sql = Sources.text(file);
            var tables = creation.matcher(sql);
            while (tables.find()) {
                if (tables.group(2).contains("company_id")) {
                    assertThat(sql)
                            .as("%s creates %s", Sources.relative(file), tables.group(1))
                            .containsPattern("core\\.protect\\('" + tables.group(1) + "'");
                }
            }
        }
    }

    @Test
    void every_runbook_that_a_log_line_names_is_written_and_none_is_forgotten() {
        Pattern named = Pattern.compile("runbook ([a-z]+(-[a-z]+)*)");
        Set<String> wanted = new TreeSet<>();
        for (Path file : Sources.mainJava()) {
            named.matcher(Sources.text(file)).results().forEach(found -> wanted.add(found.group(1)));
        }
        Set<String> written = new TreeSet<>();
        for (String line : Sources.lines(Sources.ROOT.resolve("deploy/runbooks/README.md"))) {
            if (line.startsWith("## ")) {
                written.add(line.substring(3));
            }
        }

        assertThat(written).isEqualTo(wanted);
    }

    @Test
    void every_error_of_ours_names_a_runbook() {
        Pattern error = Pattern.compile("\\bLOG\\s*\\.(?:error|fatal)[fv]?\\((.*?)\\);", Pattern.DOTALL);
        // Where the level is an argument, it is an error's unless lower ones alone are seen there.
        Pattern levelled = Pattern.compile("\\bLOG\\s*\\.log[fv]?\\((.*?)\\);", Pattern.DOTALL);
        Pattern lower = Pattern.compile("\\bLevel\\.(?:WARN|WARNING|INFO|DEBUG|TRACE)\\b");
        Pattern higher = Pattern.compile("\\bLevel\\.(?:ERROR|FATAL|SEVERE)\\b");
        for (Path file : Sources.mainJava()) {
            Stream<String> errors = error.matcher(Sources.text(file)).results().map(said -> said.group(1));
            Stream<String> perhaps = levelled.matcher(Sources.text(file))
                    .results()
                    .map(said -> said.group(1))
                    .filter(said ->
                            !lower.matcher(said).find() || higher.matcher(said).find());
            assertThat(Stream.concat(errors, perhaps))
                    .as(Sources.relative(file))
                    .allMatch(said -> said.contains("runbook"));
        }
    }

    private static List<String> longerThan(List<Path> files, int max) {
        return files.stream()
                .filter(file -> Sources.lines(file).size() > max)
                .map(file -> Sources.relative(file) + " " + Sources.lines(file).size())
                .toList();
    }
}
