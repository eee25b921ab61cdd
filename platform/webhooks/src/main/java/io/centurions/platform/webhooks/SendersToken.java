package io.centurions.platform.webhooks;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Takes a webhook's {@code Authorization} away before anybody reads it. A sender may put a token of its own there (an Evolution server
 * with a {@code jwt_key} does); our issuer would refuse it, and a genuine webhook with it. What proves a webhook is its secret or its
 * signature, and never stands there.
 */
@ApplicationScoped
class SendersToken {

    private static final String WEBHOOKS = "/webhooks/";
    /** Tokens are judged at 200; what stands higher comes first. */
    private static final int BEFORE_TOKENS_ARE_JUDGED = 250;

    void register(@Observes Filters filters) {
        filters.register(SendersToken::takeAway, BEFORE_TOKENS_ARE_JUDGED);
    }

    private static void takeAway(RoutingContext context) {
        if (context.normalizedPath().startsWith(WEBHOOKS)) {
            context.request().headers().remove(HttpHeaders.AUTHORIZATION);
        }
        context.next();
    }
}
