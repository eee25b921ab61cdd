package io.centurions.sandbox.wire;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What real networks do to webhooks, on demand: some come twice, some come late, so that a later one overtakes them. None of it
 * until {@code POST /webhooks/mischief} asks for it.
 */
public final class Mischief {

    private double twice;
    private double late;
    private long latestMs = 1_000;

    public void mount(Router router) {
        router.post("/webhooks/mischief").handler(this::ask);
    }

    private void ask(RoutingContext ctx) {
        JsonObject asked = RequestBody.of(ctx).json();
        twice = asked.getDouble("twice", 0.0);
        late = asked.getDouble("late", 0.0);
        latestMs = Math.max(1, asked.getLong("latestMs", latestMs));
        Answer.json(
                ctx, 200, new JsonObject().put("twice", twice).put("late", late).put("latestMs", latestMs));
    }

    /** How long to hold a webhook back; mostly not at all. */
    long heldMs() {
        return ThreadLocalRandom.current().nextDouble() < late ? someTime() : 0;
    }

    /** When to send the same webhook once more; mostly never. */
    OptionalLong againAfterMs() {
        return ThreadLocalRandom.current().nextDouble() < twice ? OptionalLong.of(someTime()) : OptionalLong.empty();
    }

    private long someTime() {
        return ThreadLocalRandom.current().nextLong(1, latestMs + 1);
    }
}
