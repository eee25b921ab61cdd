package io.centurions.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.planted.PlantedSecret;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** A bot's token, the secrets of webhooks and the model's key, looked for wherever they must not be. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class PlantedSecretIT {

    @TestHTTPResource
    URI self;

    @Inject
    Secrets secrets;

    @Test
    void no_secret_of_a_channel_or_of_the_installation_gets_out_while_providers_fail() {
        try (var token = PlantedSecret.known("AA-test-token");
                var webhook = PlantedSecret.known(Scene.SECRET);
                var app = PlantedSecret.known("sandbox-app-secret");
                var model = PlantedSecret.known("sandbox-model-key")) {
            List<PlantedSecret> all = List.of(token, webhook, app, model);
            Scene scene = Scene.open(url(""), secrets).withTelegramWebhook().withInstagramWebhook();
            for (int status : new int[] {401, 500, 0}) {
                scene.fault("{\"provider\":\"telegram\",\"status\":%d,\"times\":1}".formatted(status));
                String answer = connect(scene.demo.telegram().value());
                all.forEach(each -> each.heard(answer));
            }
            scene.faultsEnd();
            scene.fault(
                    "{\"provider\":\"openai\",\"status\":401,\"times\":1,\"body\":{\"error\":{\"message\":\"no\"}}}");
            scene.fault("{\"provider\":\"telegram\",\"path\":\"sendMessage\",\"status\":502,\"times\":1}");

            scene.withTelegramWebhook().writes("telegram", "oi, qual o valor?");
            await().atMost(Duration.ofSeconds(40)).until(scene::quiet);

            assertThat(all).allSatisfy(each -> assertThat(each.places()).isEmpty());
        }
    }

    private String connect(UUID instance) {
        return Http.post(
                        url("/internal/channels/" + instance + "/connect"),
                        Map.of("Authorization", "Bearer " + serviceToken()),
                        new byte[0])
                .body();
    }

    private static String serviceToken() {
        return Http.post(
                        ConfigProvider.getConfig().getValue("sandbox.url", String.class) + "/oidc/token",
                        Map.of("Content-Type", "application/x-www-form-urlencoded"),
                        "grant_type=client_credentials&client_id=backoffice-api&client_secret=backoffice-api-secret"
                                .getBytes(StandardCharsets.UTF_8))
                .json()
                .path("access_token")
                .asText();
    }

    private String url(String path) {
        return self.toString().replaceAll("/$", "") + path;
    }
}
