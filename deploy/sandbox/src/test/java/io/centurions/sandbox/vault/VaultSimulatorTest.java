package io.centurions.sandbox.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.sandbox.Running;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class VaultSimulatorTest extends Running {

    private static final String[] TOKEN = {"X-Vault-Token", "sandbox-vault-token"};

    private final String path = "/vault/v1/secret/data/centurions/shared/" + UUID.randomUUID();

    @Test
    void what_was_written_is_read_in_the_shape_of_version_2() {
        write("one");
        write("two");

        JsonObject data = http.get(path, TOKEN).json().getJsonObject("data");

        assertThat(data.getJsonObject("data").getString("token")).isEqualTo("two");
        assertThat(data.getJsonObject("metadata").getInteger("version")).isEqualTo(2);
    }

    @Test
    void without_the_token_nothing_is_told() {
        write("one");

        assertThat(http.get(path).status()).isEqualTo(403);
        assertThat(http.get(path, "X-Vault-Token", "guess").json().encode())
                .isEqualTo("{\"errors\":[\"permission denied\"]}");
    }

    @Test
    void what_is_not_there_or_no_more_is_404() {
        write("one");

        assertThat(http.delete(path, TOKEN).status()).isEqualTo(204);
        assertThat(http.get(path, TOKEN).status()).isEqualTo(404);
        assertThat(http.get(path + "/none", TOKEN).json().encode()).isEqualTo("{\"errors\":[]}");
    }

    private void write(String token) {
        var body = new JsonObject().put("data", new JsonObject().put("token", token));
        assertThat(http.post(path, body, TOKEN).status()).isEqualTo(200);
    }
}
