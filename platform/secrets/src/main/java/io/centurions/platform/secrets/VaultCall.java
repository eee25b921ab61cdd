package io.centurions.platform.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One reading of a secret, by HashiCorp Vault's HTTP interface for the key-value store, version 2. See
 * developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2. Neither token nor answer is ever in a message.
 */
final class VaultCall {

    private static final String NO_ANSWER = "no answer in time";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final VaultConfig config;
    private final Optional<HttpClient> client;

    VaultCall(VaultConfig config) {
        this.config = config;
        this.client = config.url()
                .map(url -> HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(config.limit())
                        .build());
    }

    /** How it ended. */
    sealed interface Answer {

        /** Is never printed. */
        record Found(String value) implements Answer {

            @Override
            public String toString() {
                return "Found[a secret]";
            }
        }

        /** Asking again does not help before somebody has changed something. */
        record Refused(String why) implements Answer {}

        /** The vault is not there, or not able to. */
        record Away(String why) implements Answer {}
    }

    Answer read(VaultReference where) {
        if (client.isEmpty()) {
            return new Answer.Refused("no vault is set (VAULT_ADDR)");
        }
        Optional<String> token = token();
        if (token.isEmpty()) {
            return new Answer.Refused("there is no token for the vault (VAULT_TOKEN or VAULT_TOKEN_FILE)");
        }
        CompletableFuture<HttpResponse<byte[]>> running =
                client.get().sendAsync(request(where, token.get()), BodyHandlers.ofByteArray());
        try {
            return understood(where, running.get(config.limit().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            running.cancel(true);
            return new Answer.Away(NO_ANSWER);
        } catch (ExecutionException e) {
            // The client's own limit is as long as ours; which of the two ends first is chance.
            return new Answer.Away(
                    e.getCause() instanceof HttpTimeoutException
                            ? NO_ANSWER
                            : e.getCause().getClass().getSimpleName());
        } catch (InterruptedException e) {
            running.cancel(true);
            Thread.currentThread().interrupt();
            return new Answer.Away("interrupted");
        }
    }

    private Optional<String> token() {
        if (config.tokenFile().isEmpty()) {
            return config.token();
        }
        try {
            return Optional.of(Files.readString(config.tokenFile().get()).strip())
                    .filter(token -> !token.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private HttpRequest request(VaultReference where, String token) {
        String base = config.url().orElseThrow().toString().replaceFirst("/+$", "");
        URI address = URI.create(base + "/v1/" + config.mount() + "/data/" + config.folder() + "/" + where.path());
        // Agents in front of a vault let no browser through: they want the second header.
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(config.limit())
                .header("X-Vault-Token", token)
                .header("X-Vault-Request", "true");
        config.namespace().ifPresent(namespace -> request.header("X-Vault-Namespace", namespace));
        return request.GET().build();
    }

    private static Answer understood(VaultReference where, HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case 200 -> field(where, response.body());
            case 403 -> new Answer.Refused("the vault does not allow it");
            case 404 -> new Answer.Refused("it is not there");
            case 400, 405 -> new Answer.Refused("the vault answered " + response.statusCode());
            // 429 and 5xx: throttled, sealed, not initialised, a standby.
            default -> new Answer.Away("the vault answered " + response.statusCode());
        };
    }

    private static Answer field(VaultReference where, byte[] body) {
        try {
            JsonNode value = JSON.readTree(body).path("data").path("data").path(where.field());
            return value.isValueNode() && !value.asText().isBlank()
                    ? new Answer.Found(value.asText().strip())
                    : new Answer.Refused("it has no such field");
        } catch (IOException e) {
            return new Answer.Away("the vault's answer cannot be read");
        }
    }
}
