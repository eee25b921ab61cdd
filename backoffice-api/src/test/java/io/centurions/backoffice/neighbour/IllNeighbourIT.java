package io.centurions.backoffice.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.Api;
import io.centurions.backoffice.Neighbours;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.channel.EvolutionManagerClient;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What counts against a neighbour, until it is not asked for a while. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class IllNeighbourIT {

    @Inject
    Ask ask;

    @Inject
    @RestClient
    EvolutionManagerClient evolution;

    private final CompanyId company = CompanyId.random();
    private final UUID instance = UUID.randomUUID();

    @AfterEach
    void neighbours_are_well_again() {
        Neighbours.fail(503, null, 0);
    }

    @Test
    void a_provider_that_is_away_is_no_illness_of_the_neighbour() {
        Neighbours.fail(503, "provider-unavailable", Neighbours.MORE_THAN_A_WINDOW);

        for (int call = 0; call < Neighbours.MORE_THAN_A_WINDOW; call++) {
            assertThat(look())
                    .isEqualTo(new Answer.Unreachable<JsonNode>(
                            "provider-unavailable",
                            Duration.ofSeconds(Long.parseLong(Neighbours.RETRY_AFTER)),
                            "what the neighbour said"));
        }

        assertThat(look()).isInstanceOf(Answer.Given.class);
    }

    @Test
    void too_much_at_once_is_no_illness_either() {
        Neighbours.fail(429, "too-many-requests", Neighbours.MORE_THAN_A_WINDOW);

        for (int call = 0; call < Neighbours.MORE_THAN_A_WINDOW; call++) {
            assertThat(look()).isEqualTo(new Answer.Unreachable<JsonNode>("neighbour-busy"));
        }

        assertThat(look()).isInstanceOf(Answer.Given.class);
    }

    @Test
    void a_neighbour_without_its_storage_is_not_asked_for_a_while() {
        Neighbours.fail(503, "unavailable", Neighbours.MORE_THAN_A_WINDOW);

        for (int call = 0; call < Neighbours.MORE_THAN_A_WINDOW; call++) {
            assertThat(look()).isEqualTo(new Answer.Unreachable<JsonNode>("evolution-manager-unavailable"));
        }

        assertThat(Api.neighbourCalls("/internal/instances/" + instance))
                .hasSizeLessThan(Neighbours.MORE_THAN_A_WINDOW);
    }

    private Answer<JsonNode> look() {
        return ask.of("evolution-manager", company, () -> evolution.look(instance));
    }
}
