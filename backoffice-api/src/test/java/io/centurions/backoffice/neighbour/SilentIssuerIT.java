package io.centurions.backoffice.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.Api;
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
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SilentIssuerIT.IssuerOfItsOwn.class)
@WithPostgresAndRedis
@WithIssuer(value = WithIssuer.Product.KEYCLOAK, silentAtStart = true)
@WithNeighbours
class SilentIssuerIT {

    /** It says nothing at first, which other classes must not notice. */
    public static class IssuerOfItsOwn implements QuarkusTestProfile {}

    @Inject
    Ask ask;

    @Inject
    @RestClient
    EvolutionManagerClient evolution;

    private final UUID instance = UUID.randomUUID();

    @Test
    void we_start_without_the_issuer_and_later_find_where_it_gives_tokens() {
        assertThat(look()).isInstanceOf(Answer.Unreachable.class);

        Account.issuerAnswers();

        assertThat(look()).isInstanceOf(Answer.Given.class);
        assertThat(Api.neighbourCalls("/internal/instances/" + instance))
                .singleElement()
                .satisfies(call -> assertThat(call.getString("authorization")).isEqualTo("Bearer of-the-service"));
    }

    private Answer<JsonNode> look() {
        return ask.of("evolution-manager", CompanyId.random(), () -> evolution.look(instance));
    }
}
