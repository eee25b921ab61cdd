package io.centurions.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.id.CompanyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    private final CompanyId company = CompanyId.random();
    private final Secrets secrets = new Secrets(Optional.of(KeyRing.generate()), null);

    @Test
    void what_was_sealed_opens_for_the_same_company_and_name() {
        String sealed = secrets.seal(company, "access_token", "valor");

        assertThat(sealed).doesNotContain("valor");
        assertThat(secrets.open(company, "access_token", sealed)).isEqualTo("valor");
    }

    @Test
    void it_opens_for_no_other_company_and_no_other_name() {
        String sealed = secrets.seal(company, "access_token", "valor");

        assertThatThrownBy(() -> secrets.open(CompanyId.random(), "access_token", sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> secrets.open(company, "webhook_secret", sealed))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageNotContaining("valor");
    }

    @Test
    void another_key_ring_does_not_open_it() {
        String sealed = secrets.seal(company, "access_token", "valor");
        Secrets other = new Secrets(Optional.of(KeyRing.generate()), null);

        assertThatThrownBy(() -> other.open(company, "access_token", sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_missing_key_ring_and_a_broken_one_are_told_by_name_and_never_quoted() {
        assertThatThrownBy(() -> new Secrets(Optional.empty(), null).seal(company, "x", "y"))
                .hasMessageContaining("SECRETS_KEYRING");
        assertThatThrownBy(() -> new Secrets(Optional.of("bm9uc2Vuc2U="), null).seal(company, "x", "y"))
                .hasMessageContaining("SECRETS_KEYRING")
                .hasMessageNotContaining("bm9uc2Vuc2U");
    }

    @Test
    void a_reference_is_resolved_from_a_file_and_empty_when_it_is_not_there(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "valor\n");

        assertThat(secrets.resolve("file:" + file)).contains("valor");
        assertThat(secrets.resolve("file:" + folder.resolve("none"))).isEmpty();
        assertThat(secrets.resolve("env:NO_SUCH_VARIABLE_HERE")).isEmpty();
        assertThatThrownBy(() -> secrets.resolve("plain")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_is_changed_in_the_file_while_the_service_runs(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ring"), KeyRing.generate());
        Secrets running = new Secrets(Optional.of("file:" + file), null);
        String before = running.seal(company, "access_token", "valor");

        RotateKeys.step("add", file);
        String whileBothOpen = running.seal(company, "access_token", "valor");
        RotateKeys.step("promote", file);
        String after = running.seal(company, "access_token", "valor");

        assertThat(whileBothOpen).startsWith(before.substring(0, 6)).doesNotStartWith(running.mark());
        assertThat(after).startsWith(running.mark());
        assertThat(running.open(company, "access_token", before)).isEqualTo("valor");
        RotateKeys.step("drop", file);
        assertThat(running.open(company, "access_token", after)).isEqualTo("valor");
        assertThatThrownBy(() -> running.open(company, "access_token", before))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_file_that_is_spoilt_leaves_the_last_good_ring_in_use(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ring"), KeyRing.generate());
        Secrets running = new Secrets(Optional.of("file:" + file), null);
        String sealed = running.seal(company, "access_token", "valor");

        Files.writeString(file, "half a ri");

        assertThat(running.open(company, "access_token", sealed)).isEqualTo("valor");
        assertThatThrownBy(() -> new Secrets(Optional.of("file:" + file), null).mark())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString());
    }
}
