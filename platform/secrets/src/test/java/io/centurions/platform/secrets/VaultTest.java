package io.centurions.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.contracts.id.CompanyId;
import io.centurions.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

    private static final String TOKEN = "sandbox-vault-token";

    private static Sandbox sandbox;

    private final CompanyId company = CompanyId.random();
    private final String reference = "vault:companies/" + company.value() + "/crm#token";
    private final AtomicLong nanos = new AtomicLong();

    @BeforeAll
    static void start_the_simulated_vault() {
        sandbox = Sandbox.start(0);
    }

    @AfterAll
    static void stop_it() {
        sandbox.close();
    }

    @AfterEach
    void mend_it() {
        send("DELETE", "/faults", "");
    }

    @Test
    void a_company_reaches_its_own_part_and_the_shared_one() {
        write("companies/" + company.value() + "/crm", "own");
        write("shared/crm", "everybodys");
        Secrets secrets = secrets(settings());

        assertThat(secrets.resolve(company, reference)).contains("own");
        assertThat(secrets.resolve(company, "vault:shared/crm#token")).contains("everybodys");
    }

    @Test
    void no_company_reaches_anothers_part_however_it_is_written() {
        CompanyId other = CompanyId.random();
        write("companies/" + other.value() + "/crm", "another's");
        Secrets secrets = secrets(settings());

        for (String tried : new String[] {
            "vault:companies/" + other.value() + "/crm#token",
            "vault:shared/../companies/" + other.value() + "/crm#token",
            "vault:shared/%2e%2e/companies/" + other.value() + "/crm#token",
            "vault:companies/" + company.value() + "/../" + other.value() + "/crm#token",
            "vault:companies/" + company.value() + other.value() + "/crm#token",
            "vault:/shared/crm#token",
            "vault:shared/crm?version=1#token",
            "vault:shared/crm#token#token",
            "vault:shared/crm",
            "vault:elsewhere/crm#token"
        }) {
            assertThatThrownBy(() -> secrets.resolve(company, tried))
                    .as(tried)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void what_was_read_serves_for_a_while_and_then_the_new_one_does() {
        write("companies/" + company.value() + "/crm", "first");
        Secrets secrets = secrets(settings());
        secrets.resolve(company, reference);
        write("companies/" + company.value() + "/crm", "second");

        assertThat(secrets.resolve(company, reference)).contains("first");
        pass(Duration.ofMinutes(6));
        assertThat(secrets.resolve(company, reference)).contains("second");
    }

    @Test
    void while_the_vault_is_away_the_last_one_serves_on_but_not_for_ever() {
        write("companies/" + company.value() + "/crm", "planted");
        Secrets secrets = secrets(settings());
        secrets.resolve(company, reference);
        fault("\"status\": 503");

        pass(Duration.ofMinutes(50));
        assertThat(secrets.resolve(company, reference)).contains("planted");
        pass(Duration.ofMinutes(11));
        assertThatThrownBy(() -> secrets.resolve(company, reference))
                .isInstanceOf(SecretUnreadable.class)
                .hasMessageContaining(reference)
                .hasMessageContaining("503")
                .hasMessageNotContaining("planted")
                .hasMessageNotContaining(TOKEN);
    }

    @Test
    void a_vault_that_hangs_is_left_alone_for_a_moment() {
        write("companies/" + company.value() + "/crm", "one");
        fault("\"delayMs\": 60000");
        Settings settings = settings();
        settings.limit = Duration.ofMillis(300);
        Secrets secrets = secrets(settings);

        assertThatThrownBy(() -> secrets.resolve(company, reference)).hasMessageContaining("no answer in time");
        send("DELETE", "/faults", "");
        assertThatThrownBy(() -> secrets.resolve(company, reference)).hasMessageContaining("a moment ago");
        pass(Duration.ofSeconds(11));
        assertThat(secrets.resolve(company, reference)).contains("one");
    }

    @Test
    void what_the_vault_refuses_serves_no_longer(@TempDir Path folder) throws IOException {
        write("companies/" + company.value() + "/crm", "one");
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        Settings settings = settings();
        settings.token = Optional.empty();
        settings.tokenFile = Optional.of(file);
        Secrets secrets = secrets(settings);
        secrets.resolve(company, reference);

        Files.writeString(file, "revoked");
        assertThat(secrets.resolve(company, reference)).contains("one");
        pass(Duration.ofMinutes(6));
        assertThatThrownBy(() -> secrets.resolve(company, reference))
                .isInstanceOf(SecretUnreadable.class)
                .hasMessageContaining("not allow")
                .hasMessageNotContaining("revoked");
        Files.writeString(file, TOKEN);
        assertThat(secrets.resolve(company, reference)).contains("one");
    }

    @Test
    void what_is_missing_is_told_by_name() {
        write("companies/" + company.value() + "/crm", "planted");
        Secrets secrets = secrets(settings());
        Settings tokenless = settings();
        tokenless.token = Optional.empty();
        Settings nowhere = settings();
        nowhere.url = Optional.empty();

        assertThatThrownBy(() -> secrets.resolve(company, reference.replace("#token", "#other")))
                .isInstanceOf(SecretUnreadable.class)
                .hasMessageContaining("no such field")
                .hasMessageNotContaining("planted");
        assertThatThrownBy(() -> secrets.resolve(company, reference.replace("/crm", "/none")))
                .hasMessageContaining("not there");
        assertThatThrownBy(() -> secrets(tokenless).resolve(company, reference)).hasMessageContaining("VAULT_TOKEN");
        assertThatThrownBy(() -> secrets(nowhere).resolve(company, reference)).hasMessageContaining("VAULT_ADDR");
    }

    private Secrets secrets(VaultConfig config) {
        return new Secrets(Optional.empty(), new Vault(config, nanos::get));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Settings settings() {
        return new Settings();
    }

    private static void write(String path, String token) {
        send("POST", "/vault/v1/secret/data/centurions/" + path, "{\"data\": {\"token\": \"" + token + "\"}}");
    }

    private static void fault(String what) {
        send("POST", "/faults", "{\"provider\": \"vault\", " + what + "}");
    }

    private static void send(String verb, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .header("Content-Type", "application/json")
                .header("X-Vault-Token", TOKEN)
                .method(verb, BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .isBetween(200, 299);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the simulated vault could not be told", e);
        }
    }

    /** As an installation without wishes of its own has it. */
    private static final class Settings implements VaultConfig {

        private Optional<URI> url = Optional.of(URI.create(sandbox.baseUrl() + "/vault/"));
        private Optional<String> token = Optional.of(TOKEN);
        private Optional<Path> tokenFile = Optional.empty();
        private Duration limit = Duration.ofSeconds(3);

        @Override
        public Optional<URI> url() {
            return url;
        }

        @Override
        public Optional<String> token() {
            return token;
        }

        @Override
        public Optional<Path> tokenFile() {
            return tokenFile;
        }

        @Override
        public Optional<String> namespace() {
            return Optional.empty();
        }

        @Override
        public String mount() {
            return "secret";
        }

        @Override
        public String folder() {
            return "centurions";
        }

        @Override
        public Duration limit() {
            return limit;
        }

        @Override
        public Duration keep() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Duration keepWhileAway() {
            return Duration.ofHours(1);
        }

        @Override
        public Duration rest() {
            return Duration.ofSeconds(10);
        }
    }
}
