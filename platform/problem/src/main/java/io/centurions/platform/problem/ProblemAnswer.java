package io.centurions.platform.problem;

import io.centurions.platform.tenancy.Trace;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** A problem as the answer to a request, for the few places that answer it themselves instead of throwing it. */
public final class ProblemAnswer {

    private static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

    private ProblemAnswer() {}

    public static Response of(Problem problem) {
        Trace trace = Trace.current();
        Response.StatusType known = Response.Status.fromStatusCode(problem.status());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:centurions:problem:" + problem.code());
        body.put("title", known == null ? problem.code() : known.getReasonPhrase());
        body.put("status", problem.status());
        body.put("detail", problem.getMessage());
        body.put("instance", "urn:centurions:trace:" + trace.traceId());
        if (!problem.errors().isEmpty()) {
            body.put("errors", problem.errors());
        }
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(PROBLEM_JSON)
                .entity(body)
                .header(RequestTrace.TRACEPARENT, trace.traceparent());
        problem.retryAfter().ifPresent(after -> answer.header(HttpHeaders.RETRY_AFTER, after.toSeconds()));
        return answer.build();
    }
}
