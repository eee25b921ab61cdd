package io.centurions.platform.problem;

import io.centurions.platform.tenancy.Trace;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A problem as the answer to a request, for the few places that answer it themselves instead of throwing it. */
public final class ProblemAnswer {

    private static final MediaType PROBLEM_JSON = new MediaType("application", "problem+json");

    private ProblemAnswer() {}

    public static Response of(Problem problem) {
        Trace trace = Trace.current();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:centurions:problem:" + problem.code());
        body.put("title", title(problem.code()));
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
        problem.retryAfter().ifPresent(after -> answer.header(HttpHeaders.RETRY_AFTER, wholeSeconds(after)));
        return answer.build();
    }

    // Rounded up: a wait of half a second is not none.
    private static long wholeSeconds(Duration wait) {
        return wait.plusMillis(999).toSeconds();
    }

    // The code in words: like the type, it is the same for every problem of a kind.
    private static String title(String code) {
        String words = code.replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
