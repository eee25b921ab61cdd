package io.centurions.sandbox.wire;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

/**
 * How one webhook fares.
 *
 * <pre>
 * waiting ──2xx──▶ accepted
 *    └──the provider's patience ends──▶ given_up
 * </pre>
 */
public final class Delivery {

    private final Promise<Delivery> firstAttempt = Promise.promise();
    private final Promise<Delivery> end = Promise.promise();
    private int attempts;
    private int lastStatus;
    private String state = "waiting";

    /** Nothing is registered where it could be sent. */
    public static Delivery nowhere() {
        Delivery delivery = new Delivery();
        delivery.end("no_webhook");
        return delivery;
    }

    /** Waits to be fetched by the fleet (Telegram's long polling). */
    public static Delivery toBeFetched() {
        Delivery delivery = new Delivery();
        delivery.end("to_be_fetched");
        return delivery;
    }

    void attempted(int status) {
        attempts++;
        lastStatus = status;
        if (status / 100 == 2) {
            end("accepted");
        }
    }

    /** The attempt failed and another will follow. */
    void willBeRepeated() {
        firstAttempt.tryComplete(this);
    }

    void giveUp() {
        end("given_up");
    }

    private void end(String how) {
        state = how;
        firstAttempt.tryComplete(this);
        end.tryComplete(this);
    }

    /** Completes once the first attempt was answered, whatever the answer. */
    public Future<Delivery> firstAttempt() {
        return firstAttempt.future();
    }

    /** Completes when it was accepted or given up. */
    public Future<Delivery> end() {
        return end.future();
    }

    public boolean accepted() {
        return state.equals("accepted");
    }

    int attempts() {
        return attempts;
    }

    public JsonObject view() {
        return new JsonObject().put("state", state).put("attempts", attempts).put("lastStatus", lastStatus);
    }
}
