package io.centurions.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroublesTest {

    @TempDir
    private Path folder;

    @Test
    void only_warnings_and_errors_since_the_look_began_are_told() throws IOException {
        Path log = folder.resolve("agent-runtime.log");
        Files.writeString(log, "{\"level\":\"WARN\",\"message\":\"before\"}\n");
        Troubles troubles = Troubles.from(log);
        assertThat(troubles.soFar()).isEmpty();

        String warned = "{\"level\":\"WARN\",\"message\":\"no \\\"free\\\" connection\",\"thread\":\"x\"}";
        String failed = "{\"level\":\"ERROR\",\"message\":\"broken\"}";
        Files.writeString(
                log,
                "{\"level\":\"INFO\",\"message\":\"started\"}\n" + warned + "\n" + failed + "\n",
                StandardOpenOption.APPEND);

        assertThat(troubles.soFar()).containsExactly("no \\\"free\\\" connection", "broken");
    }
}
