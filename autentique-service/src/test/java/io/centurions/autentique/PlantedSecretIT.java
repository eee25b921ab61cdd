package io.centurions.autentique;

import static io.centurions.autentique.Api.awaitStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.planted.PlantedSecret;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The token of the installation and the secret of its webhooks, looked for wherever they must not be. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class PlantedSecretIT {

    @BeforeEach
    void a_listening_service() {
        Api.listenToTheProvider();
        Api.awaitQuiet();
    }

    @Test
    void neither_gets_out_while_contracts_are_sent_and_refused() {
        CompanyId company = Companies.make("segredo").company();
        try (var token = PlantedSecret.known("sandbox-autentique-token");
                var webhook = PlantedSecret.known(Api.WEBHOOK_SECRET)) {
            for (int status : new int[] {503, 0}) {
                fault(status);
                UUID contract = Api.openContract(company);
                String seen = awaitStatus(company, contract, "sent").prettify();
                token.heard(seen);
                webhook.heard(seen);
            }
            webhook.heard(Api.webhook("default", "{}".getBytes(), "wrong").asString());

            assertThat(token.places()).isEmpty();
            assertThat(webhook.places()).isEmpty();
        }
    }

    private static void fault(int status) {
        Api.sandbox()
                .contentType(ContentType.JSON)
                .body(Map.of("provider", "autentique", "status", status, "times", 1))
                .post("/faults")
                .then()
                .statusCode(201);
    }
}
