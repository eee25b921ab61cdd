package io.centurions.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.platform.webhooks.Signatures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** What Meta posts to this service, and what an operator asks of it afterwards. */
record Operator(String url) {

    /** A body of Instagram, signed. */
    void posts(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String signature = Signatures.hmacSha256Hex("sandbox-app-secret".getBytes(StandardCharsets.UTF_8), bytes);
        assertThat(Http.post(
                                url + "/webhooks/instagram",
                                Map.of(
                                        "Content-Type",
                                        "application/json",
                                        "X-Hub-Signature-256",
                                        "sha256=" + signature),
                                bytes)
                        .status())
                .isEqualTo(200);
    }

    Http.Response reprocesses(Object webhook) {
        return asks("/internal/webhooks/" + webhook + "/reprocess", "{\"by\":\"somebody\"}");
    }

    /** Rebuilds what one instance received from a time until now. */
    JsonNode rebuilds(Instant from, UUID instance) {
        Http.Response answer = asks(
                "/internal/webhooks/rebuild",
                "{\"from\":\"%s\",\"to\":\"%s\",\"instanceId\":\"%s\",\"by\":\"somebody\"}"
                        .formatted(from, Instant.now().plusSeconds(60), instance));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    Http.Response asks(String path, String body) {
        String token = Http.post(
                        ConfigProvider.getConfig().getValue("sandbox.url", String.class) + "/oidc/token",
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        "grant_type=client_credentials&client_id=backoffice-api&client_secret=backoffice-api-secret"
                                .getBytes(StandardCharsets.UTF_8))
                .json()
                .path("access_token")
                .asText();
        return Http.post(
                url + path,
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
