package io.centurions.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Maven makes of a migration that is no longer in the sources, in a made-up module beside what an earlier build left. */
class RemovedMigrationTest {

    private final Path module = Sources.ROOT.resolve("deploy/house-rules/target/removed-migration");
    private final Path packaged = module.resolve("target/classes/db/made_up");

    @BeforeEach
    void built_before_one_was_removed() throws IOException {
        write(module.resolve("pom.xml"), """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <parent>
                    <groupId>io.centurions</groupId>
                    <artifactId>centurions</artifactId>
                    <version>0.1.0-SNAPSHOT</version>
                    <relativePath>../../../../pom.xml</relativePath>
                  </parent>
                  <artifactId>made-up</artifactId>
                </project>
                """);
        write(module.resolve("src/main/resources/db/made_up/V0001__stays.sql"), "SELECT 1;");
        write(packaged.resolve("V0001__stays.sql"), "SELECT 1;");
        write(packaged.resolve("V0002__removed.sql"), "SELECT 2;");
        write(module.resolve("target/classes/Compiled.class"), "");
    }

    @Test
    void what_was_removed_is_not_packaged_from_an_earlier_build_and_what_was_compiled_stays() throws Exception {
        String maven = run(List.of(Sources.ROOT.resolve("fleet").toString(), "tools", "maven"));

        // Offline, with what the build that runs this test has fetched.
        run(List.of(
                maven,
                "-o",
                "-B",
                "-Dmaven.repo.local=" + System.getProperty("localRepository"),
                "-f",
                module.resolve("pom.xml").toString(),
                "process-resources"));

        try (var left = Files.list(packaged)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("V0001__stays.sql");
        }
        assertThat(module.resolve("target/classes/Compiled.class")).exists();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }
}
