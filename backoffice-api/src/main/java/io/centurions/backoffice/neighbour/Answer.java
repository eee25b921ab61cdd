package io.centurions.backoffice.neighbour;

import io.centurions.platform.problem.Problem;
import java.time.Duration;

/** How a call to another service ended. */
public sealed interface Answer<T> {

    /** It did what was asked. */
    record Given<T>(T value) implements Answer<T> {}

    /**
     * It said no; repeating the same call cannot help.
     *
     * @param body its problem+json, as it came
     */
    record Refused<T>(int status, String body) implements Answer<T> {}

    /**
     * It, or the provider that it asked, was not there or not able to; repeating may help.
     *
     * @param reason a code
     * @param after  when it may
     * @param told   what it says of it itself, as whether anything was done; null when it says nothing
     */
    record Unreachable<T>(String reason, Duration after, String told) implements Answer<T> {

        static final String PROVIDER_AWAY = "provider-unavailable";
        static final String BUSY = "neighbour-busy";
        static final Duration SOON = Duration.ofSeconds(5);

        /** Of whoever does not say when. */
        public Unreachable(String reason) {
            this(reason, SOON, null);
        }

        /** The neighbour is well, although it does not do it now. */
        public boolean isWell() {
            return isProviders() || reason.equals(BUSY);
        }

        /** It is its provider that does not do it now. */
        boolean isProviders() {
            return reason.equals(PROVIDER_AWAY);
        }

        /** What the person hears who wanted it, when nothing else is left to say. */
        public Problem problem(String detail) {
            return isProviders() ? Problem.providerUnavailable(detail, after) : Problem.unavailable(detail, after);
        }
    }
}
