package io.centurions.backoffice.neighbour;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.oidc.client.reactive.filter.runtime.AbstractOidcClientRequestReactiveFilter;
import io.quarkus.oidc.client.runtime.OidcClientsConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Puts our own token on each call of a REST client that registers it. All calls share one; it is renewed before it ends, and once
 * when a neighbour refuses it earlier. Who needs one while it is asked for waits for the same answer, but not without end.
 */
@Singleton
public class OurToken extends AbstractOidcClientRequestReactiveFilter {

    private final OidcClient issuer;

    OurToken(
            OidcClients clients,
            OidcClientsConfig config,
            @ConfigProperty(name = "centurions.access.issuer-timeout") Duration perRequest) {
        // Two requests can be needed: where the issuer gives tokens, and the token.
        this.issuer = new LimitedIssuer(
                clients.getClient(),
                () -> clients.newClient(OidcClientsConfig.getDefaultClient(config)),
                perRequest.multipliedBy(2));
    }

    @Override
    protected Optional<OidcClient> client() {
        return Optional.of(issuer);
    }

    @Override
    protected boolean refreshOnUnauthorized() {
        return true;
    }
}
