package io.centurions.platform.access;

import io.quarkus.security.AuthenticationFailedException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeoutException;

/**
 * An issuer that gives its document and then no keys fails a request before any resource has it, with the time-out itself, which
 * no exception mapper sees. It is told here as what it is, and {@link AccessMappers} answers. Who else waits with a limit does so
 * in a resource.
 */
@Singleton
class TellIssuerAway {

    void before(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(TellIssuerAway::tell);
    }

    private static void tell(RoutingContext failed) {
        if (failed.failure() instanceof TimeoutException away) {
            failed.fail(new AuthenticationFailedException(away));
        } else {
            failed.next();
        }
    }
}
