package io.centurions.platform.webhooks;

import io.centurions.platform.problem.Problem;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The room of large bodies that come in. Nobody keeps it by saying nothing: whose connection ends before their body was
 * read is answered by nobody, so the room is given back at that moment; and whoever has not said all of a large body in a
 * while is hung up on.
 */
@ApplicationScoped
class IncomingBodies {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final LargeBodies large;
    private final CurrentVertxRequest current;
    private final Duration patience;

    /**
     * @param patience for the whole of a large body: providers are on fast lines and repeat what was cut off, and who waits for the
     *                 room of a rebuild waits longer
     */
    IncomingBodies(
            LargeBodies large,
            CurrentVertxRequest current,
            @ConfigProperty(name = "webhooks.large-body-within", defaultValue = "20s") Duration patience) {
        this.large = large;
        this.current = current;
        this.patience = patience;
    }

    /**
     * Takes the room of the current request's body.
     *
     * @throws Problem 503 when there is none
     */
    Room take(long bytes) {
        var room = new Room(large.borrow(bytes));
        if (room.borrowed > 0) {
            watch(current.getCurrent(), room);
        }
        return room;
    }

    private void watch(RoutingContext context, Room room) {
        HttpServerResponse response = context.response();
        long hangUp = context.vertx().setTimer(patience.toMillis(), late -> {
            if (room.leave()) {
                response.reset();
            }
        });
        context.addEndHandler(end -> {
            context.vertx().cancelTimer(hangUp);
            if (end.succeeded()) {
                room.giveBack();
            } else {
                room.leave();
            }
        });
        // Gone before anybody listened for it.
        if (response.closed()) {
            context.vertx().cancelTimer(hangUp);
            room.leave();
        }
    }

    /** What one body takes, from its first byte to its answer. */
    final class Room {

        private final int borrowed;
        private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.ARRIVING);

        private Room(int borrowed) {
            this.borrowed = borrowed;
        }

        /**
         * The body was read: from now on it is worked on, also when nobody listens any more.
         *
         * @throws Problem 503 when its room was given back before
         */
        void read() {
            if (!stage.compareAndSet(Stage.ARRIVING, Stage.WORKED_ON)) {
                throw Problem.unavailable("the sender has gone", RETRY_AFTER);
            }
        }

        /** Called again it does nothing. */
        void giveBack() {
            if (stage.getAndSet(Stage.GIVEN_BACK) != Stage.GIVEN_BACK) {
                large.giveBack(borrowed);
            }
        }

        private boolean leave() {
            boolean left = stage.compareAndSet(Stage.ARRIVING, Stage.GIVEN_BACK);
            if (left) {
                large.giveBack(borrowed);
            }
            return left;
        }
    }

    private enum Stage {
        ARRIVING,
        WORKED_ON,
        GIVEN_BACK
    }
}
