package io.centurions.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.id.CompanyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingSourceTest {

    private final CompanyId company = CompanyId.random();

    @TempDir
    Path folder;

    @Test
    void a_ring_that_was_never_readable_is_told_by_its_file_each_time_and_taken_once_it_is() throws IOException {
        Path file = Files.writeString(folder.resolve("ring"), "half a ri");
        Secrets secrets = new Secrets(Optional.of("file:" + file), null);

        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> secrets.seal(company, "access_token", "valor"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(file.toString());
        }
        Files.writeString(file, KeyRing.generate());

        String sealed = secrets.seal(company, "access_token", "valor");
        assertThat(secrets.open(company, "access_token", sealed)).isEqualTo("valor");
    }

    @Test
    void a_changed_ring_that_could_not_be_read_is_taken_as_soon_as_it_can() throws IOException {
        String first = KeyRing.generate();
        Path file = Files.writeString(folder.resolve("ring"), first);
        var source = new KeyRingSource(Optional.of("file:" + file));
        String before = source.current().mark();
        String next = KeyRing.sealingWithNewest(KeyRing.withNewKey(first));

        // A change that ends, as far as the clock of the file system can tell, with the file that was looked at.
        FileTime moment = FileTime.fromMillis(1_000_000);
        Files.writeString(file, "x".repeat(next.length()));
        Files.setLastModifiedTime(file, moment);
        assertThat(source.current().mark()).isEqualTo(before);
        Files.writeString(file, next);
        Files.setLastModifiedTime(file, moment);

        assertThat(source.current().mark())
                .isEqualTo(KeyRing.parse(next).mark())
                .isNotEqualTo(before);
    }

    @Test
    void a_change_leaves_one_file_that_the_same_people_may_read() throws IOException {
        Path file = Files.writeString(folder.resolve("ring"), KeyRing.generate());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        // What a change that died left behind; longer than a ring, so that nothing of it may remain.
        Files.writeString(folder.resolve("ring.new"), "x".repeat(10_000));

        RotateKeys.step("add", file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
        Secrets secrets = new Secrets(Optional.of("file:" + file), null);
        assertThat(secrets.open(company, "x", secrets.seal(company, "x", "valor")))
                .isEqualTo("valor");
    }
}
