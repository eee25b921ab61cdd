package io.centurions.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotateKeysTest {

    private static final byte[] NOTHING = {};

    @TempDir
    Path folder;

    @Test
    void where_there_is_no_ring_add_makes_the_first_which_its_owner_alone_may_read()
            throws IOException, GeneralSecurityException {
        Path file = folder.resolve("ring");
        Files.writeString(folder.resolve("ring.new"), "of a making that was cut");

        RotateKeys.step("add", file);

        KeyRing ring = KeyRing.parse(Files.readString(file));
        byte[] text = "text".getBytes(StandardCharsets.UTF_8);
        assertThat(ring.open(ring.seal(text, NOTHING), NOTHING)).isEqualTo(text);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryContaining(each -> each.equals(file)).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void a_ring_that_is_there_keeps_its_keys() throws IOException, GeneralSecurityException {
        Path file = folder.resolve("ring");
        RotateKeys.step("add", file);
        KeyRing before = KeyRing.parse(Files.readString(file));
        byte[] sealed = before.seal(NOTHING, NOTHING);

        RotateKeys.step("add", file);

        assertThat(KeyRing.parse(Files.readString(file)).mark()).isEqualTo(before.mark());
        RotateKeys.step("promote", file);
        KeyRing after = KeyRing.parse(Files.readString(file));
        assertThat(after.mark()).isNotEqualTo(before.mark());
        assertThat(after.open(sealed, NOTHING)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"promote", "drop"})
    void no_other_step_makes_a_ring(String step) {
        assertThatThrownBy(() -> RotateKeys.step(step, folder.resolve("ring"))).isInstanceOf(NoSuchFileException.class);

        assertThat(folder).isEmptyDirectory();
    }
}
