package io.centurions.runtime.think;

import io.centurions.platform.providers.Exchange;

/** Nothing left us, for a breaker of ours, for want of a place or of a connection: it says nothing of what was to be asked. */
public final class NotAsked extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public NotAsked(Exchange.NotSent kept) {
        super("not asked: " + kept.reason());
    }

    /** Whether it is this, in whatever it is wrapped. */
    public static boolean isIn(Throwable failure) {
        return failure != null && (failure instanceof NotAsked || isIn(failure.getCause()));
    }
}
