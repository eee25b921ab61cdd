package io.centurions.backoffice.neighbour;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.OidcClientException;
import io.quarkus.oidc.client.Tokens;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Whom we ask for tokens, for a limited time. A single request is given up when no answer begins; this is for an answer that
 * begins and never ends, and for whatever else could keep a token from coming: the next to need one asks anew.
 */
class LimitedIssuer implements OidcClient {

    private static final Logger LOG = Logger.getLogger(LimitedIssuer.class);

    private final OidcClient issuer;
    private final Duration limit;

    LimitedIssuer(OidcClient issuer, Duration limit) {
        this.issuer = issuer;
        this.limit = limit;
    }

    @Override
    public Uni<Tokens> getTokens(Map<String, String> parameters) {
        return limited(issuer.getTokens(parameters));
    }

    @Override
    public Uni<Tokens> refreshTokens(String refreshToken, Map<String, String> parameters) {
        return limited(issuer.refreshTokens(refreshToken, parameters));
    }

    @Override
    public Uni<Boolean> revokeAccessToken(String token, Map<String, String> parameters) {
        return limited(issuer.revokeAccessToken(token, parameters));
    }

    @Override
    public void close() throws IOException {
        issuer.close();
    }

    private <T> Uni<T> limited(Uni<T> answer) {
        return answer.ifNoItem().after(limit).failWith(() -> {
            LOG.warnf("the issuer gave no token within %s, it is asked anew for the next call", limit);
            return new OidcClientException("no answer of the issuer within " + limit);
        });
    }
}
