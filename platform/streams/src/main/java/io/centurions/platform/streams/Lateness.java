package io.centurions.platform.streams;

import io.centurions.platform.streams.Progress.OnStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which stream an operator is told of as late, one in five minutes at most. What an earlier life of this process or a dead
 * replica has left behind is given the time to be taken up first: it may only have to be parked.
 */
final class Lateness {

    private static final Duration TELL_EVERY = Duration.ofMinutes(5);

    private final Duration longestFailing;
    private Instant nextTelling;

    Lateness(StreamsConfig config, Instant begun) {
        Duration untilTakenUp = config.deadAfter().plus(config.claimEvery());
        this.longestFailing = config.giveUpAfter().plus(untilTakenUp);
        this.nextTelling = begun.plus(untilTakenUp);
    }

    Optional<OnStream> toTell(Progress progress, Instant now) {
        if (now.isBefore(nextTelling)) {
            return Optional.empty();
        }
        Optional<OnStream> late = progress.streams().stream()
                .filter(stream -> stream.isLate(longestFailing, now))
                .findFirst();
        late.ifPresent(told -> nextTelling = now.plus(TELL_EVERY));
        return late;
    }
}
