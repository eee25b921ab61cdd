package io.centurions.platform.access;

import io.centurions.platform.problem.Problem;
import io.centurions.platform.problem.ProblemAnswer;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Refused tokens as problems. A token that cannot be checked because the issuer does not answer is nobody's fault: 503. */
class AccessMappers {

    private static final Logger LOG = Logger.getLogger(AccessMappers.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    @ServerExceptionMapper
    Response issuerAway(OIDCException away) {
        return issuerUnavailable(away);
    }

    @ServerExceptionMapper
    @Priority(Priorities.USER - 1)
    Response notAuthenticated(UnauthorizedException refused) {
        return challenged();
    }

    @ServerExceptionMapper
    @Priority(Priorities.USER - 1)
    Response notAuthenticated(AuthenticationFailedException refused) {
        return switch (refused.getCause()) {
            case DatabaseUnavailable away -> personUnknownNow(away);
            case OIDCException away when isNoAnswer(away.getCause()) -> issuerUnavailable(away);
            case Throwable away when isNoAnswer(away) -> issuerUnavailable(away);
            case null, default -> challenged();
        };
    }

    @ServerExceptionMapper
    @Priority(Priorities.USER - 1)
    Response notAllowed(ForbiddenException refused) {
        return ProblemAnswer.of(Problem.forbidden("this role may not do that"));
    }

    private static Response issuerUnavailable(Throwable away) {
        LOG.warnf("answered 503, the issuer of tokens does not answer: %s", away.getMessage());
        return ProblemAnswer.of(Problem.unavailable("tokens cannot be checked now", RETRY_AFTER));
    }

    private static Response personUnknownNow(DatabaseUnavailable away) {
        LOG.warnf("answered 503, who the bearer is cannot be read: %s", away.getMessage());
        return ProblemAnswer.of(Problem.unavailable("storage is unavailable, nothing was changed", RETRY_AFTER));
    }

    private static boolean isNoAnswer(Throwable cause) {
        return cause instanceof IOException || cause instanceof TimeoutException;
    }

    private static Response challenged() {
        Response answer = ProblemAnswer.of(Problem.unauthorized("a valid bearer token is needed"));
        answer.getHeaders().putSingle(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return answer;
    }
}
