package io.centurions.story.tell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TellerTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Teller teller = new Teller(new PrintStream(told, true, StandardCharsets.UTF_8), false);

    @Test
    void kept_steps_are_told_with_their_ids_and_counted() {
        Optional<String> result = teller.chapter(
                "one",
                () -> teller.step("a thing happens", notes -> {
                    notes.note("id", 7);
                    return "done";
                }));

        assertThat(result).contains("done");
        assertThat(teller.end(Optional.empty())).isTrue();
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("✓ a thing happens", "id=7", "1 steps passed, 0 failed, 0 skipped");
    }

    @Test
    void a_broken_step_ends_its_chapter_and_fails_the_story() {
        Optional<String> result = teller.chapter("one", () -> {
            teller.step("breaks", notes -> {
                throw new Broken("no bread");
            });
            return teller.step("never played", notes -> "done");
        });
        teller.skip("two");
        Path report = folder.resolve("r/TEST-story.xml");

        assertThat(result).isEmpty();
        assertThat(teller.end(Optional.of(report))).isFalse();
        assertThat(report)
                .content()
                .contains("tests=\"2\" errors=\"0\" skipped=\"1\" failures=\"1\"", "<failure message=\"no bread\"/>");
        assertThat(told.toString(StandardCharsets.UTF_8)).doesNotContain("never played");
    }

    @Test
    void a_failure_of_our_own_counts_as_broken_too() {
        teller.chapter(
                "one",
                () -> teller.step("stumbles", notes -> {
                    throw new IllegalStateException("oops");
                }));

        assertThat(teller.end(Optional.empty())).isFalse();
    }

    @Test
    void an_empty_story_does_not_hold() {
        assertThat(teller.end(Optional.empty())).isFalse();
    }
}
