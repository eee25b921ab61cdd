package io.centurions.platform.webhooks;

import io.centurions.platform.problem.Problem;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The room of large bodies that come in. Nobody keeps it by saying nothing: whose connection ends before their body was
 * read is answered by nobody, so the room is given back at that moment; and whoever has not said all of a large body in a
 * while is hung up on. Where a body is a resource's own to read, a stranger has none of it.
 */
@ApplicationScoped
public class IncomingBodies {

    private static final String ROOM = IncomingBodies.class.getName() + ".room";
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
     * Reads the body of the current request, in a resource method that has a {@link BodyLimit} and takes its body as a stream so that
     * it may ask first who sends it.
     *
     * @param body null where there is none
     * @throws Problem 413 where it is too large, 503 where there is no room for it or its sender left
     */
    public byte[] read(InputStream body) {
        if (body == null) {
            return new byte[0];
        }
        Room room = roomOfCurrent();
        room.takeAnnounced();
        try {
            byte[] all = body.readAllBytes();
            room.read();
            return all;
        } catch (IOException gone) {
            throw senderGone();
        }
    }

    /**
     * @param announced how large the current request's body is; negative where nobody said it
     * @param limit     how large it may be
     */
    Room room(long announced, long limit) {
        var room = new Room(announced, limit);
        current.getCurrent().put(ROOM, room);
        return room;
    }

    /** Null where none was asked for. */
    Room roomOfCurrent() {
        return current.getCurrent().get(ROOM);
    }

    private static Problem senderGone() {
        return Problem.unavailable("the sender has gone", RETRY_AFTER);
    }

    /** What one body takes, from when it is known to be large to its answer. */
    final class Room {

        private final boolean announced;
        private final long most;
        private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.ARRIVING);
        private int borrowed;

        private Room(long announced, long limit) {
            this.announced = announced >= 0;
            this.most = this.announced ? announced : limit;
        }

        /**
         * Before the first byte of a body is read whose length was said; of no other anything is known yet.
         *
         * @throws Problem 503 when there is none
         */
        void takeAnnounced() {
            if (announced) {
                take();
            }
        }

        /**
         * Before more of a body is read than a small one has.
         *
         * @throws Problem 503 when there is none
         */
        void take() {
            borrowed = large.borrow(most);
            if (borrowed > 0) {
                watch(current.getCurrent());
            }
        }

        private void watch(RoutingContext context) {
            HttpServerResponse response = context.response();
            long hangUp = context.vertx().setTimer(patience.toMillis(), late -> {
                if (leave()) {
                    response.reset();
                }
            });
            context.addEndHandler(end -> {
                context.vertx().cancelTimer(hangUp);
                if (end.succeeded()) {
                    giveBack();
                } else {
                    leave();
                }
            });
            // Gone before anybody listened for it.
            if (response.closed()) {
                context.vertx().cancelTimer(hangUp);
                leave();
            }
        }

        /**
         * The body was read: from now on it is worked on, also when nobody listens any more.
         *
         * @throws Problem 503 when its room was given back before
         */
        void read() {
            if (!stage.compareAndSet(Stage.ARRIVING, Stage.WORKED_ON)) {
                throw senderGone();
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
