package io.centurions.platform.webhooks;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;

/**
 * Ends the connection of a sender who was answered before the end of what they send. What still comes is thrown away
 * for a moment, because who is cut off in the middle of a sentence never hears the answer; then nobody listens any more.
 * A body that has come to its end costs its sender nothing.
 */
@ApplicationScoped
class HangUp {

    private static final Duration STILL_HEARD = Duration.ofSeconds(2);

    private final CurrentVertxRequest current;

    HangUp(CurrentVertxRequest current) {
        this.current = current;
    }

    /**
     * @param headers   of the answer, which is not sent yet
     * @param announced the length of the body, negative when nobody said it
     */
    void ifMoreComes(MultivaluedMap<String, Object> headers, long announced) {
        RoutingContext context = current.getCurrent();
        HttpServerRequest request = context.request();
        // A request that nobody asks for more says of itself that it has not ended, also after its last byte.
        boolean ended = request.isEnded() || announced >= 0 && request.bytesRead() >= announced;
        if (!ended) {
            headers.putSingle("Connection", "close");
            context.addEndHandler(answered -> throwAway(context));
        }
    }

    private static void throwAway(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            request.connection().close();
            return;
        }
        request.handler(piece -> {});
        request.endHandler(end -> request.connection().close());
        request.resume();
        context.vertx()
                .setTimer(STILL_HEARD.toMillis(), late -> request.connection().close());
    }
}
