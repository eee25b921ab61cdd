package io.centurions.evolution.delivery;

import java.time.Duration;

/**
 * How the call of a bubble ended, in the words of the conversation slice.
 *
 * @param retryAfter for what comes again later: how long the server asked us to wait; otherwise null
 */
record Ended(String outcome, String providerMessageId, String reason, Duration retryAfter) {

    static Ended accepted(String providerMessageId) {
        return new Ended("accepted", providerMessageId, null, null);
    }

    static Ended refused(String reason) {
        return new Ended("refused", null, reason, null);
    }

    /** Certainly not sent: comes again after a growing wait and not before the server wants it; the delivery ends. */
    static Ended later(String reason, Duration retryAfter) {
        return new Ended("later", null, reason, retryAfter);
    }

    static Ended unknown(String reason) {
        return new Ended("unknown", null, reason, null);
    }

    boolean endsTheDelivery() {
        return outcome.equals("later");
    }
}
