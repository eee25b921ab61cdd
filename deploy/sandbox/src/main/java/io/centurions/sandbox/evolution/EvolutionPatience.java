package io.centurions.sandbox.evolution;

import io.centurions.sandbox.wire.RetryRule;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ten attempts, 5 s doubling to 300 s, ±20 %; some answers are final. Measured on v2.3.6. */
final class EvolutionPatience implements RetryRule {

    private static final int ATTEMPTS = 10;
    private static final long FIRST_MS = 5_000;
    private static final long LONGEST_MS = 300_000;
    private static final Set<Integer> FINAL = Set.of(400, 401, 403, 404, 422);

    @Override
    public OptionalLong nextWaitMs(int attempts, int status, OptionalLong retryAfter) {
        if (attempts >= ATTEMPTS || FINAL.contains(status)) {
            return OptionalLong.empty();
        }
        long wait = Math.min(FIRST_MS << (attempts - 1), LONGEST_MS);
        return OptionalLong.of(Math.round(wait * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
    }
}
