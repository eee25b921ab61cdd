package io.centurions.platform.streams;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes up what dead replicas of this service had in hand, and what living ones let go or handed over; keeps what we hold
 * ourselves from looking dead. Beside the reading, so that neither waits for the other.
 */
@ApplicationScoped
class DeadConsumers {

    private static final Logger LOG = Logger.getLogger(DeadConsumers.class);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final WorkGroup group;
    private final Consumers consumers;
    private final Handling handling;
    private final StreamsConfig config;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Instant nextForget = Instant.EPOCH;

    DeadConsumers(WorkGroup group, Consumers consumers, Handling handling, StreamsConfig config) {
        this.group = group;
        this.consumers = consumers;
        this.handling = handling;
        this.config = config;
    }

    void start() {
        Thread.ofVirtual().name("work-claim").start(this::claimUntilStopped);
        Thread.ofVirtual().name("work-keep").start(this::keepUntilStopped);
    }

    void stop() {
        stopped.countDown();
    }

    private void claimUntilStopped() {
        every(config.claimEvery(), () -> {
            consumers.keys().forEach(this::claim);
            if (Instant.now().isAfter(nextForget)) {
                nextForget = Instant.now().plus(FORGET_EVERY);
                consumers.keys().forEach(group::forgetTheGone);
            }
        });
    }

    // By itself: a claim may wait for places, and what we hold must not look dead meanwhile.
    private void keepUntilStopped() {
        every(config.deadAfter().dividedBy(4), handling::keepInHand);
    }

    private void claim(String key) {
        String cursor = EntryIds.BEGINNING;
        do {
            WorkGroup.Claimed claimed = group.claim(key, cursor);
            claimed.entries().forEach(handling::submit);
            cursor = claimed.cursor();
        } while (!cursor.equals(EntryIds.BEGINNING) && stopped.getCount() > 0);
    }

    private void every(Duration pause, Runnable work) {
        try {
            while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    work.run();
                } catch (RuntimeException | Error e) {
                    // Redis is away or was emptied; the reading loop says so and makes the groups again.
                    LOG.debugf("claiming waits: %s", e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
