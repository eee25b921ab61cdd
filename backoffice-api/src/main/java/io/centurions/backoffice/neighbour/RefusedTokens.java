package io.centurions.backoffice.neighbour;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcRequestFilter;
import io.quarkus.oidc.common.OidcResponseFilter;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Says in the log where no token was given to us, and with which status. */
@Singleton
@Unremovable
@OidcEndpoint(OidcEndpoint.Type.TOKEN)
class RefusedTokens implements OidcRequestFilter, OidcResponseFilter {

    private static final Logger LOG = Logger.getLogger(RefusedTokens.class);
    private static final String ADDRESS = RefusedTokens.class.getName();

    @Override
    public Uni<Void> filter(OidcRequestFilterContext asked) {
        var request = asked.request();
        String scheme = Boolean.TRUE.equals(request.ssl()) ? "https" : "http";
        asked.contextProperties().put(ADDRESS, scheme + "://" + request.host() + ":" + request.port() + request.uri());
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> filter(OidcResponseFilterContext answered) {
        if (answered.statusCode() != 200) {
            LOG.warnf(
                    "the issuer gave us no token: POST %s answered %d",
                    answered.requestProperties().getString(ADDRESS), answered.statusCode());
        }
        return Uni.createFrom().voidItem();
    }
}
