package io.centurions.sandbox.wire;

import java.util.OptionalLong;

/** A provider's patience with a webhook that was not accepted. */
@FunctionalInterface
public interface RetryRule {

    /**
     * The wait before the next attempt, empty when the provider gives up.
     *
     * @param attempts   how often it was tried, from 1
     * @param status     what the last attempt was answered, 0 for no answer at all
     * @param retryAfter seconds of the answer's Retry-After header
     */
    OptionalLong nextWaitMs(int attempts, int status, OptionalLong retryAfter);
}
