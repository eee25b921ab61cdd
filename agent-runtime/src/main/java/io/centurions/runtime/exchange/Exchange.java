package io.centurions.runtime.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** How one HTTP exchange ended. */
public sealed interface Exchange {

    /** The provider answered, whatever it said. */
    record Answered(int status, OptionalLong retryAfterSeconds, byte[] body) implements Exchange {

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** What the provider asks us to wait, by its header. */
        public Optional<Duration> retryAfter() {
            return retryAfterSeconds.isPresent()
                    ? Optional.of(Duration.ofSeconds(retryAfterSeconds.getAsLong()))
                    : Optional.empty();
        }
    }

    /** Not one byte of the request reached the provider. */
    record NotSent(String why) implements Exchange {}

    /** The request left, no complete answer came: the provider may have acted on it. */
    record Unanswered(String why) implements Exchange {}
}
