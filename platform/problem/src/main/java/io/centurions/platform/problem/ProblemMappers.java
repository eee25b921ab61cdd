package io.centurions.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.vertx.pgclient.PgException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where a failure becomes an answer. What we did not expect is logged and told as 500 without detail. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final Set<String> UNSTORABLE_TEXT = Set.of("22021", "22P05");
    private static final Duration DATABASE_RETRY_AFTER = Duration.ofSeconds(5);

    @ServerExceptionMapper
    Response problem(Problem problem) {
        return ProblemAnswer.of(problem);
    }

    // Without its stack: while a database is away each request ends here, and thousands of stacks fill a disk.
    @ServerExceptionMapper
    Response databaseUnavailable(DatabaseUnavailable unavailable) {
        LOG.warnf("answered 503: %s: %s", unavailable.getMessage(), root(unavailable));
        return problem(Problem.unavailable("storage is unavailable, nothing was changed", DATABASE_RETRY_AFTER));
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException invalid) {
        return problem(Problem.invalid(invalid.getConstraintViolations().stream()
                .map(violation -> new Problem.FieldError(Place.of(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Problem.FieldError::field))
                .toList()));
    }

    // Quarkus answers this one by itself, and with an empty body, unless it is named.
    @ServerExceptionMapper
    Response wrongShape(MismatchedInputException wrong) {
        return malformedJson(wrong);
    }

    /** Text that no database stores, most often U+0000, is the caller's mistake; every other refused statement is ours. */
    @ServerExceptionMapper
    Response refusedByTheDatabase(PgException refused) {
        return UNSTORABLE_TEXT.contains(String.valueOf(refused.getSqlState()))
                ? problem(Problem.badRequest(
                        "unstorable-text", "a text holds a character that cannot be stored, such as U+0000"))
                : unexpected(refused);
    }

    @ServerExceptionMapper
    Response malformedJson(JsonProcessingException malformed) {
        Optional<Problem> told = within(malformed);
        if (told.isPresent()) {
            return problem(told.get());
        }
        // Only the place is told: Jackson's own message quotes the content.
        String place = malformed instanceof JsonMappingException mapping ? Place.of(mapping) : "";
        if (malformed instanceof UnrecognizedPropertyException) {
            return problem(Problem.invalid(List.of(new Problem.FieldError(place, "is no field of this request"))));
        }
        String where = place.isEmpty() ? "" : " at " + place;
        return problem(Problem.badRequest("malformed-json", "the body is not the JSON that is expected" + where));
    }

    @ServerExceptionMapper
    Response web(WebApplicationException refused) {
        Optional<Problem> told = within(refused);
        if (told.isPresent()) {
            return problem(told.get());
        }
        if (refused.getCause() instanceof JsonProcessingException malformed) {
            return malformedJson(malformed);
        }
        int status = refused.getResponse().getStatus();
        Response.StatusType known = Response.Status.fromStatusCode(status);
        String reason = known == null ? "refused" : known.getReasonPhrase();
        if (status >= 500) {
            LOG.errorf(refused, "answered %d; runbook unexpected-error", status);
        }
        return problem(Problem.of(status, reason.toLowerCase(Locale.ROOT).replace(' ', '-'), reason));
    }

    // What a query parameter was refused with comes wrapped, and so does the limit that a body met while it was read.
    private static Optional<Problem> within(Throwable thrown) {
        return causes(thrown)
                .filter(Problem.class::isInstance)
                .map(Problem.class::cast)
                .findFirst();
    }

    private static Throwable root(Throwable thrown) {
        return causes(thrown).reduce((outer, inner) -> inner).orElse(thrown);
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }

    @ServerExceptionMapper
    Response unexpected(RuntimeException bug) {
        LOG.error("answered 500; runbook unexpected-error", bug);
        return problem(Problem.of(500, "unexpected", "something unexpected happened"));
    }
}
