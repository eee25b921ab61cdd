package io.centurions.platform.problem;

import io.centurions.platform.tenancy.Trace;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/**
 * Gives each request its trace on the thread that handles it: the caller's {@code traceparent}, or a new one, which is
 * also answered, so that a person can quote it.
 */
@Provider
public class RequestTrace implements ContainerRequestFilter, ContainerResponseFilter {

    static final String TRACEPARENT = "traceparent";

    @Override
    public void filter(ContainerRequestContext request) {
        Trace trace = Trace.started(request.getHeaderString(TRACEPARENT));
        Trace.enter(trace);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        // A request refused before it was matched has no trace of its own; its problem has brought one.
        if (!response.getHeaders().containsKey(TRACEPARENT)) {
            response.getHeaders().putSingle(TRACEPARENT, Trace.current().traceparent());
        }
        Trace.enter(null);
    }
}
