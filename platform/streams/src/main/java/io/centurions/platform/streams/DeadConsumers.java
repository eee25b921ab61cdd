package io.centurions.platform.streams;

import io.centurions.platform.loops.Closing;
import io.centurions.platform.loops.Rounds;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Takes up what dead replicas of this service had in hand, and what living ones let go or handed over; keeps what we hold
 * ourselves from looking dead. Beside the reading, so that neither waits for the other.
 */
@ApplicationScoped
class DeadConsumers {

    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final WorkGroup group;
    private final Consumers consumers;
    private final Handling handling;
    private final StreamsConfig config;
    private final Closing closing = new Closing();
    private Instant nextForget = Instant.EPOCH;
    private Rounds claims;

    DeadConsumers(WorkGroup group, Consumers consumers, Handling handling, StreamsConfig config) {
        this.group = group;
        this.consumers = consumers;
        this.handling = handling;
        this.config = config;
    }

    void start() {
        claims = Rounds.every(config.claimEvery(), "work-claim", closing, this::claimAll);
        // By itself: a claim may wait for places, and what we hold must not look dead meanwhile.
        Rounds.every(config.deadAfter().dividedBy(4), "work-keep", closing, handling::keepInHand);
    }

    /** Claims nothing more; returns at once. */
    void close() {
        closing.begin();
    }

    /** Waits for a claim under way, so that what it brings is in hand. */
    void join(Duration patience) throws InterruptedException {
        if (claims != null) {
            claims.join(patience);
        }
    }

    private void claimAll() {
        consumers.keys().stream().takeWhile(key -> !closing.hasBegun()).forEach(key -> unlessAbsent(key, this::claim));
        if (Instant.now().isAfter(nextForget) && !closing.hasBegun()) {
            nextForget = Instant.now().plus(FORGET_EVERY);
            consumers.keys().forEach(key -> unlessAbsent(key, group::forgetTheGone));
        }
    }

    // Told by those who read; here it must only not end the round for the others.
    private static void unlessAbsent(String key, Consumer<String> step) {
        try {
            step.accept(key);
        } catch (RuntimeException e) {
            if (!WorkGroup.holdsNoStream(e) && !WorkGroup.hasNoGroup(e)) {
                throw e;
            }
        }
    }

    private void claim(String key) {
        String cursor = EntryIds.BEGINNING;
        do {
            WorkGroup.Claimed claimed = group.claim(key, cursor);
            claimed.entries().forEach(handling::submit);
            cursor = claimed.cursor();
        } while (!cursor.equals(EntryIds.BEGINNING) && !closing.hasBegun());
    }
}
