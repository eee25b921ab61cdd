package io.centurions.platform.loops;

import io.centurions.platform.tenancy.ShutdownDeadline;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Does one thing again and again, on a virtual thread of its own, until its replica is ending. Whatever a round
 * throws is logged under the name of the rounds, and the next one comes all the same, after the same wait as this
 * one, at least a second.
 */
public final class Rounds {

    private static final Logger LOG = Logger.getLogger(Rounds.class);
    private static final Duration AFTER_FAILURE_LEAST = Duration.ofSeconds(1);

    private final String name;
    private final Closing closing;
    private final Thread thread;

    private Rounds(String name, Closing closing, Duration first, Round round) {
        this.name = name;
        this.closing = closing;
        this.thread = Thread.ofVirtual().name(name).start(() -> go(first, round));
    }

    /** One round, which says how long to wait before the next. */
    public interface Round {
        Duration make();
    }

    /** Begins with the first round after {@code first}; no further one begins once {@code closing} has begun. */
    public static Rounds begin(String name, Closing closing, Duration first, Round round) {
        return new Rounds(name, closing, first, round);
    }

    /** {@link #begin} with the same wait before each round. */
    public static Rounds every(Duration wait, String name, Closing closing, Runnable round) {
        return begin(name, closing, wait, () -> {
            round.run();
            return wait;
        });
    }

    /** Waits for the round under way. @return false when it has not ended */
    public boolean join(Duration patience) throws InterruptedException {
        return thread.join(ShutdownDeadline.atMost(patience));
    }

    public String name() {
        return name;
    }

    private void go(Duration first, Round round) {
        Duration wait = first;
        try {
            while (!closing.beginsWithin(wait)) {
                wait = made(round, wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration made(Round round, Duration waited) {
        try {
            return round.make();
        } catch (RuntimeException | Error e) {
            // An Error too: rounds that end silently would be worse than rounds that fail.
            LOG.warnf("%s failed, the next round tries again: %s", name, e.toString());
            return waited.compareTo(AFTER_FAILURE_LEAST) < 0 ? AFTER_FAILURE_LEAST : waited;
        }
    }
}
