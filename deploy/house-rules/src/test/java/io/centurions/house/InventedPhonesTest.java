package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whoever tries what a page, a comment or an example shows must not reach a stranger: a Brazilian mobile number there is
 * one of +55 11 9 9999-xxxx. Tests are left alone: they repeat what providers' captured webhooks hold.
 */
class InventedPhonesTest {

    private static final Pattern MOBILE = Pattern.compile(
            "(?<![0-9A-Za-z.-])\\+?(?:55 ?)?\\(?[1-9][0-9]\\)? ?9 ?[0-9]{4}[ -]?[0-9]{4}(?![0-9A-Za-z])");

    private static final List<String> ENDINGS = List.of(
            ".java",
            ".json",
            ".yaml",
            ".yml",
            ".properties",
            ".txt",
            ".sql",
            ".md",
            ".html",
            ".js",
            ".css",
            ".ts",
            ".sh");

    /** Where a number is not ours to choose. */
    private static final List<String> NOT_OURS = List.of(
            "/src/test/",
            "node_modules/",
            // What was applied is never written anew.
            "/resources/db/",
            // A webhook as it was captured, of which the bench takes only the shape.
            "deploy/bench/src/main/resources/messages-upsert.json");

    @Test
    void a_number_that_is_shown_is_nobodys() {
        Set<String> somebodys = new TreeSet<>();

        Sources.files("", "").stream()
                .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
                .filter(file -> NOT_OURS.stream()
                        .noneMatch(part -> Sources.relative(file).contains(part)))
                .forEach(file -> shown(file)
                        .filter(number -> !isInvented(number))
                        .forEach(number -> somebodys.add(Sources.relative(file) + ": " + number)));

        assertThat(somebodys).isEmpty();
    }

    @Test
    void it_knows_a_number_however_it_is_written() {
        assertThat(Stream.of(
                        "+5511988887777",
                        "\"11988887777\"",
                        "(11) 98888-7777",
                        "+55 21 9 8888 7777",
                        "55 11 98888-7777"))
                .allMatch(text -> numbers(text).anyMatch(number -> !isInvented(number)));
        assertThat(Stream.of("+5511999997777", "11 9 9999-0001", "(11) 99999-1234"))
                .allMatch(text -> numbers(text).anyMatch(InventedPhonesTest::isInvented));
        assertThat(Stream.of("0198c0de-0000-7000-8000-119888877770", "1795162400", "11988887777123", "3EB11988887777"))
                .allMatch(text -> numbers(text).findAny().isEmpty());
    }

    private static Stream<String> shown(Path file) {
        return Sources.lines(file).stream().flatMap(InventedPhonesTest::numbers);
    }

    private static Stream<String> numbers(String text) {
        return MOBILE.matcher(text).results().map(MatchResult::group);
    }

    private static boolean isInvented(String number) {
        return number.replaceAll("[^0-9]", "").matches("(55)?1199999[0-9]{4}");
    }
}
