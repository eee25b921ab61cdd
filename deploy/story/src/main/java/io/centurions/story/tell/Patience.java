package io.centurions.story.tell;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what will come, as long as a person would. */
public final class Patience {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);

    private final Duration limit;

    public Patience(Duration limit) {
        this.limit = limit;
    }

    /** The first thing that is there. @throws Broken when nothing is within the limit */
    public <T> T until(String expected, Supplier<Optional<T>> look) {
        Instant deadline = Instant.now().plus(limit);
        Optional<T> seen = look.get();
        while (seen.isEmpty()) {
            if (Instant.now().isAfter(deadline)) {
                throw new Broken("within " + limit.toSeconds() + " s there was no " + expected);
            }
            pause();
            seen = look.get();
        }
        return seen.get();
    }

    /** Looks again and again for the whole time. @throws Broken when the promise is broken once */
    public static void holds(String promise, Duration time, BooleanSupplier kept) {
        Instant end = Instant.now().plus(time);
        do {
            Broken.unless(kept.getAsBoolean(), "it did not stay true that " + promise);
            pause();
        } while (Instant.now().isBefore(end));
    }

    // A latch that nobody opens is a pause that an interrupt can end.
    private static void pause() {
        try {
            Broken.unless(
                    !new CountDownLatch(1).await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS),
                    "the latch is opened by nobody");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Broken("interrupted", e);
        }
    }
}
