package io.centurions.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.planted.PlantedSecret;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server's key, an instance's own and the secret of its webhooks, looked for wherever they must not be. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class PlantedSecretIT {

    @AfterEach
    void heal() {
        Simulated.noFaults();
    }

    @Test
    void no_key_gets_out_while_messages_come_and_calls_fail() {
        try (var server = PlantedSecret.known("sandbox-evolution-key")) {
            TestInstance instance = TestInstance.connected("segredo");
            try (var own = PlantedSecret.known(Simulated.keyOf(instance.name()));
                    var webhook = PlantedSecret.known(instance.secret())) {
                Simulated.write(instance.name(), "5511911110077", "PLANTED-" + instance.id(), "oi");
                await().until(() -> instance.count("messages") > 0);
                instance.webhook("{\"apikey\":\"%s\",".formatted(own.text()).getBytes(), webhook.text())
                        .statusCode(200);
                for (int status : new int[] {401, 500, 0}) {
                    Simulated.fault(Map.of("provider", "evolution", "status", status, "times", 1));
                    String answer = instance.command("restart").extract().asString();
                    server.heard(answer);
                    own.heard(answer);
                    webhook.heard(answer);
                }
                own.heard(instance.look().extract().asString());

                assertThat(instance.count("webhook_inbox_evolution")).isGreaterThanOrEqualTo(2);
                assertThat(server.places()).isEmpty();
                assertThat(own.places()).isEmpty();
                assertThat(webhook.places()).isEmpty();
            }
        }
    }
}
