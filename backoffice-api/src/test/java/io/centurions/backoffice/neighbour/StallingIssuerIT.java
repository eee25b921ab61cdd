package io.centurions.backoffice.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.channel.EvolutionManagerClient;
import io.centurions.backoffice.issuer.Account;
import io.centurions.backoffice.issuer.WithIssuer;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.WithPostgresAndRedis;
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
@TestProfile(StallingIssuerIT.IssuerOfItsOwn.class)
@WithPostgresAndRedis
@WithIssuer(WithIssuer.Product.KEYCLOAK)
@WithNeighbours
class StallingIssuerIT {

    /** The client of the issuer keeps five. */
    private static final int MORE_THAN_CONNECTIONS = 6;

    /** It stops in the middle of answers, which other classes must not notice. */
    public static class IssuerOfItsOwn implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("centurions.access.issuer-timeout", "0.5S");
        }
    }

    @Inject
    Ask ask;

    @Inject
    @RestClient
    EvolutionManagerClient evolution;

    @Test
    void answers_that_begin_and_never_end_are_given_up_and_keep_no_connection_from_the_next_call() {
        Account.issuerStalls();
        for (int call = 0; call < MORE_THAN_CONNECTIONS; call++) {
            long began = System.nanoTime();
            assertThat(look()).isInstanceOf(Answer.Unreachable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }

        Account.issuerAnswers();

        assertThat(look()).isInstanceOf(Answer.Given.class);
    }

    private Answer<JsonNode> look() {
        return ask.of("evolution-manager", CompanyId.random(), () -> evolution.look(UUID.randomUUID()));
    }
}
