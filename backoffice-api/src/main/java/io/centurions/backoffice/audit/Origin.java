package io.centurions.backoffice.audit;

import io.centurions.platform.tenancy.Trace;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Where what is done now was asked for. A job has no request: then there is a trace and no address. */
@ApplicationScoped
class Origin {

    private final CurrentVertxRequest request;

    Origin(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * As the server sees it: behind a proxy that is trusted, what the proxy tells. Null without a request.
     */
    String address() {
        if (!Arc.container().requestContext().isActive()) {
            return null;
        }
        var current = request.getCurrent();
        var remote = current == null ? null : current.request().remoteAddress();
        return remote == null ? null : remote.hostAddress();
    }

    /** What the caller was answered as {@code instance} and {@code traceparent}. */
    String requestId() {
        return Trace.current().traceId();
    }
}
