package io.centurions.sandbox.wire;

import io.vertx.core.Vertx;

/**
 * What a simulator lives in.
 *
 * @param vertx   one event loop on which all state is touched, so no simulator needs a lock
 * @param address where this sandbox is reached
 * @param courier posts webhooks
 * @param pace    how fast the world reacts
 * @param state   what survives a restart
 */
public record Surroundings(Vertx vertx, PublicAddress address, Courier courier, Pace pace, StateFile state) {

    /** Runs the act after that many steps of the pace. */
    public void afterSteps(int steps, Runnable act) {
        after(pace.stepMs() * steps, act);
    }

    public void after(long millis, Runnable act) {
        vertx.setTimer(Math.max(1, millis), fired -> act.run());
    }
}
