package io.centurions.local.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowLogsTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void the_last_lines_come_first_and_a_half_line_waits_for_its_end() throws IOException {
        Path log = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\n");
        var logs = new FollowLogs(new PrintStream(shown, true, StandardCharsets.UTF_8), false, false).add("a", log, 2);

        logs.look();
        Files.writeString(log, "fo", StandardOpenOption.APPEND);
        logs.look();
        Files.writeString(log, "ur\n", StandardOpenOption.APPEND);
        logs.look();

        assertThat(shown.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines("a | two\na | three\na | four\n");
    }
}
