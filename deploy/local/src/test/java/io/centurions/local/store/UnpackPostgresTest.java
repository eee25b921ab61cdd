package io.centurions.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackPostgresTest {

    @TempDir
    Path folder;

    @Test
    void remains_of_an_unpacking_that_was_cut_short_are_removed_and_not_used() throws IOException {
        Path remains = Files.createDirectories(folder.resolve("postgres-17.partial123/bin"));
        Files.writeString(remains.resolve("postgres"), "half");

        Path server = new UnpackPostgres(folder).unpack();

        assertThat(server.resolve("bin/postgres")).isExecutable();
        assertThat(server.resolve("bin/initdb")).isExecutable();
        assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("partial"));
    }
}
