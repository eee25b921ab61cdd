package io.centurions.evolution.delivery;

/** How the call of a bubble ended, in the words of the conversation slice. */
record Ended(String outcome, String providerMessageId, String reason) {

    static Ended accepted(String providerMessageId) {
        return new Ended("accepted", providerMessageId, null);
    }

    static Ended refused(String reason) {
        return new Ended("refused", null, reason);
    }

    /** Certainly not sent: comes again after a growing wait, and the delivery ends. */
    static Ended later(String reason) {
        return new Ended("later", null, reason);
    }

    static Ended unknown(String reason) {
        return new Ended("unknown", null, reason);
    }

    boolean endsTheDelivery() {
        return outcome.equals("later");
    }
}
