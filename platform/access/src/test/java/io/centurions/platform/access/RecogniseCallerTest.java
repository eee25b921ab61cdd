package io.centurions.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class RecogniseCallerTest {

    private final RecogniseCaller recognise = new RecogniseCaller(new AccessConfig() {
        @Override
        public List<String> clientClaims() {
            return List.of("client_id", "azp");
        }

        @Override
        public Map<String, String> clients() {
            return Map.of("backoffice-api", "centurions-backoffice");
        }

        @Override
        public Duration issuerTimeout() {
            return Duration.ofSeconds(3);
        }
    });

    @Test
    void a_service_is_known_by_its_client_at_the_issuer() {
        assertThat(roles(Map.of("client_id", "centurions-backoffice"), "service"))
                .containsExactlyInAnyOrder("service", Callers.BACKOFFICE_API);
        assertThat(roles(Map.of("azp", "centurions-backoffice"), "service")).contains(Callers.BACKOFFICE_API);
        assertThat(roles(Map.of("client_id", "centurions-backoffice", "azp", "centurions-backoffice"), "service"))
                .contains(Callers.BACKOFFICE_API);
    }

    @Test
    void a_client_that_is_none_of_our_callers_is_nobody() {
        assertThat(roles(Map.of("client_id", "backoffice-api"), "service")).containsExactly("service");
        assertThat(roles(Map.of(), "service")).containsExactly("service");
        assertThat(roles(Map.of("client_id", List.of("centurions-backoffice")), "service"))
                .containsExactly("service");
    }

    @Test
    void a_token_that_names_two_clients_is_nobodys() {
        assertThat(roles(Map.of("client_id", "centurions-backoffice", "azp", "another"), "service"))
                .containsExactly("service");
    }

    @Test
    void a_person_who_signed_in_by_the_services_client_is_not_the_service() {
        assertThat(roles(Map.of("azp", "centurions-backoffice"), "super_admin")).containsExactly("super_admin");
    }

    @Test
    void no_role_in_a_token_makes_a_caller() {
        assertThat(roles(Map.of("client_id", "another"), "super_admin", Callers.BACKOFFICE_API))
                .containsExactly("super_admin");
    }

    @Test
    void whoever_brings_no_token_of_an_issuer_is_no_service() {
        assertThat(recognised(new QuarkusPrincipal("somebody"), "service").getRoles())
                .containsExactly("service");
    }

    private Set<String> roles(Map<String, Object> claims, String... roles) {
        return recognised(new Token(claims), roles).getRoles();
    }

    private SecurityIdentity recognised(Principal bearer, String... roles) {
        SecurityIdentity identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(bearer)
                .addRoles(Set.of(roles))
                .build();
        return recognise.augment(identity, null).await().indefinitely();
    }

    /** A token that was checked before. */
    private record Token(Map<String, Object> claims) implements JsonWebToken {

        @Override
        public String getName() {
            return "bearer";
        }

        @Override
        public Set<String> getClaimNames() {
            return claims.keySet();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getClaim(String name) {
            return (T) claims.get(name);
        }
    }
}
