package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Programs decide by the type of a problem, so the list of all types ({@code problem-codes.txt}) is what the services
 * answer: nothing is answered that is not in it, and nothing is in it that nobody answers.
 */
class ProblemCodesTest {

    private static final Path LIST = Sources.ROOT.resolve("platform/problem/src/main/resources/problem-codes.txt");

    private static final Map<String, String> STATUS_OF = Map.of(
            "badRequest", "400",
            "forbidden", "403",
            "conflict", "409",
            "preconditionFailed", "412",
            "unprocessable", "422",
            "badGateway", "502");
    private static final String COINED = String.join("|", STATUS_OF.keySet());

    private static final Pattern ANSWERED = Pattern.compile("Problem\\.(" + COINED + ")\\(\\s*\"([a-z-]+)\"");
    private static final Pattern BUILT_IN = Pattern.compile("(?:of|new Problem)\\((\\d{3}), \"([a-z-]+)\"");
    private static final Pattern UNWRITTEN = Pattern.compile("Problem\\.(?:" + COINED + ")\\(\\s*[^\"\\s]");

    /** Results that end as 422 with the code that they were made with. */
    private static final Pattern CARRIED =
            Pattern.compile("(?:ConnectResult\\.|Handled\\.|Handled \\w+ = new )Refused\\(\\s*\"([a-z-]+)\"");

    /** Take the code from such a result, or from one whose codes are spelled beside it. */
    private static final Set<String> PASSES_A_CODE_ON = Set.of(
            "agent-runtime/src/main/java/io/centurions/runtime/channel/ChannelResource.java",
            "backoffice-api/src/main/java/io/centurions/backoffice/parked/Selection.java",
            "platform/webhooks/src/main/java/io/centurions/platform/webhooks/ReprocessWebhook.java");

    /** What JAX-RS refuses by itself takes its code from the status (ProblemMappers); no source spells it. */
    private static final Set<String> OF_JAX_RS = Set.of(
            "bad-request 400 platform",
            "method-not-allowed 405 platform",
            "not-acceptable 406 platform",
            "unsupported-media-type 415 platform");

    private record Known(String code, String status, List<String> by, String meaning) {}

    @Test
    void what_is_answered_is_what_is_written() {
        Set<String> answered = new TreeSet<>(OF_JAX_RS);
        Sources.mainJava().forEach(file -> answered.addAll(answeredBy(file)));

        Set<String> written = new TreeSet<>();
        known().forEach(each -> each.by().forEach(by -> written.add(each.code() + " " + each.status() + " " + by)));

        assertThat(answered).hasSizeGreaterThan(50).isEqualTo(written);
    }

    @Test
    void a_code_has_one_status_and_one_meaning() {
        assertThat(known()).extracting(Known::code).doesNotHaveDuplicates();
        assertThat(known()).allSatisfy(each -> {
            assertThat(each.code()).matches("[a-z]+(-[a-z]+)*");
            assertThat(each.status()).matches("[45]\\d\\d");
            assertThat(each.meaning()).isNotBlank().doesNotEndWith(".");
        });
    }

    @Test
    void a_code_is_spelled_where_it_is_answered_so_that_this_test_can_find_it() {
        assertThat(Sources.mainJava())
                .filteredOn(file -> UNWRITTEN.matcher(Sources.text(file)).find())
                .extracting(Sources::relative)
                .containsExactlyInAnyOrderElementsOf(PASSES_A_CODE_ON);
    }

    private static Set<String> answeredBy(Path file) {
        String text = Sources.text(file);
        String module = module(file);
        Set<String> found = new TreeSet<>();
        ANSWERED.matcher(text)
                .results()
                .forEach(each -> found.add(each.group(2) + " " + STATUS_OF.get(each.group(1)) + " " + module));
        CARRIED.matcher(text).results().forEach(each -> found.add(each.group(1) + " 422 " + module));
        if (Sources.relative(file).startsWith("platform/problem/")) {
            BUILT_IN.matcher(text)
                    .results()
                    .forEach(each -> found.add(each.group(2) + " " + each.group(1) + " " + module));
        }
        return found;
    }

    private static String module(Path file) {
        String top = Sources.relative(file);
        return top.substring(0, top.indexOf('/'));
    }

    private static List<Known> known() {
        return Sources.lines(LIST).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("code "))
                .map(line -> Arrays.asList(line.strip().split("\\s{2,}", 4)))
                .peek(cells -> assertThat(cells).as("code, status, by, meaning").hasSize(4))
                .map(cells -> new Known(
                        cells.get(0), cells.get(1), List.of(cells.get(2).split(",")), cells.get(3)))
                .toList();
    }
}
