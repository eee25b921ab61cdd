package io.centurions.sandbox.calls;

import io.centurions.sandbox.wire.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When the sandbox itself was late: its one thread had too much to do, or got no core. Whoever judges the fleet by the sandbox must be
 * able to tell that from a fleet that is late.
 */
public final class Stalls {

    private static final Logger LOG = System.getLogger("sandbox");
    private static final long LOOK_MS = 50;
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration WORTH_A_LINE = Duration.ofSeconds(1);
    private static final int KEPT = 10_000;

    private final Deque<JsonObject> stalls = new ArrayDeque<>();
    private Instant due;

    /** Begins to look, on the thread that serves. */
    public void mount(Router router, Vertx vertx) {
        router.get("/stalls").handler(ctx -> {
            JsonArray all = new JsonArray();
            stalls.forEach(all::add);
            Answer.json(ctx, 200, all);
        });
        due = Instant.now().plusMillis(LOOK_MS);
        vertx.setTimer(LOOK_MS, fired -> look(vertx));
    }

    private void look(Vertx vertx) {
        Instant now = Instant.now();
        Duration late = Duration.between(due, now);
        if (late.compareTo(LEAST) >= 0) {
            note(due, now, late);
        }
        due = now.plusMillis(LOOK_MS);
        vertx.setTimer(LOOK_MS, fired -> look(vertx));
    }

    private void note(Instant from, Instant until, Duration late) {
        stalls.addLast(new JsonObject().put("from", from.toString()).put("until", until.toString()));
        if (stalls.size() > KEPT) {
            stalls.removeFirst();
        }
        if (late.compareTo(WORTH_A_LINE) >= 0) {
            LOG.log(Level.WARNING, "the simulated providers did nothing for {0} ms", String.valueOf(late.toMillis()));
        }
    }
}
