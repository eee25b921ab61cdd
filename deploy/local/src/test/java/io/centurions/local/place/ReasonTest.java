package io.centurions.local.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {

    @TempDir
    Path folder;

    @Test
    void a_file_systems_reason_is_in_words_beside_the_path() {
        assertThat(Reason.of(new AccessDeniedException("/data"))).isEqualTo("access denied (/data)");
        assertThat(Reason.of(new FileSystemException("/data", null, "No space left on device")))
                .isEqualTo("No space left on device (/data)");
    }

    @Test
    void an_unknown_host_is_called_so_however_deep_it_lies() {
        var failure = new IllegalStateException("no", new IOException("x", new UnknownHostException("db.example")));

        assertThat(Reason.ofDeepest(failure)).isEqualTo("unknown host db.example");
    }

    @Test
    void of_a_long_message_the_first_line_is_told() {
        assertThat(Reason.of(new IOException("first\nsecond"))).isEqualTo("first");
    }

    @Test
    void what_cannot_be_removed_is_told_in_one_line() throws IOException {
        Path kernels = Path.of("/proc/self/task");
        if (Files.isDirectory(kernels)) {
            assertThatThrownBy(() -> Home.remove(kernels))
                    .isInstanceOf(Trouble.class)
                    .hasMessageStartingWith("cannot remove /proc/self/task: ");
        }
        Files.createDirectories(folder.resolve("a/b"));
        Home.remove(folder.resolve("a"));
        assertThat(folder.resolve("a")).doesNotExist();
    }
}
