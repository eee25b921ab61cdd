package io.centurions.backoffice.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.channel.EvolutionManagerClient;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(RenewedTokenIT.FiveSecondsBeforeRenewal.class)
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class RenewedTokenIT {

    /** The issuer of tests gives an hour. */
    public static class FiveSecondsBeforeRenewal implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.oidc-client.refresh-token-time-skew", "3595S");
        }
    }

    @Inject
    Ask ask;

    @Inject
    @RestClient
    EvolutionManagerClient evolution;

    private final UUID instance = UUID.randomUUID();

    @Test
    void a_token_is_renewed_before_it_ends() {
        String first = tokenOfACall();

        assertThat(tokenOfACall()).isEqualTo(first);
        await().pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(tokenOfACall()).isNotEqualTo(first));
    }

    private String tokenOfACall() {
        ask.of("evolution-manager", CompanyId.random(), () -> evolution.look(instance));
        return Api.neighbourCalls("/internal/instances/" + instance).getLast().getString("authorization");
    }
}
