package io.centurions.backoffice.security;

import io.centurions.platform.problem.Problem;
import io.quarkus.oidc.OIDCException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A token that cannot be checked because the issuer does not answer is nobody's fault: 503, come back. */
class IssuerAway {

    private static final Logger LOG = Logger.getLogger(IssuerAway.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    @ServerExceptionMapper
    Response unavailable(OIDCException away) {
        LOG.warnf("answered 503, the issuer of tokens does not answer: %s", away.getMessage());
        var problem = Problem.unavailable("tokens cannot be checked now", RETRY_AFTER);
        return Response.status(problem.status())
                .type(new MediaType("application", "problem+json"))
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER.toSeconds())
                .entity(Map.of(
                        "type",
                        "urn:centurions:problem:" + problem.code(),
                        "title",
                        "Service Unavailable",
                        "status",
                        problem.status(),
                        "detail",
                        problem.getMessage()))
                .build();
    }
}
