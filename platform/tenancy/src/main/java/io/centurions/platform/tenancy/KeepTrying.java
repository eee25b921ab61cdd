package io.centurions.platform.tenancy;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Writes what nobody can find out again, such as how a provider's call ended: the write is repeated while the database is
 * unavailable. It must be harmless to repeat, because the answer of one that was committed may have been lost.
 */
public final class KeepTrying {

    private static final Logger LOG = Logger.getLogger(KeepTrying.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private KeepTrying() {}

    /**
     * Blocks until the write has returned; for virtual threads. Any other failure than an absent database ends it at once.
     *
     * @param patience after which no further try begins
     * @throws DatabaseUnavailable of the last try, when patience is over or the thread is interrupted
     */
    public static <T> T untilWritten(Duration patience, Supplier<T> write) {
        long until = System.nanoTime() + patience.toNanos();
        Duration wait = FIRST_WAIT;
        while (true) {
            try {
                return write.get();
            } catch (DatabaseUnavailable unavailable) {
                if (System.nanoTime() + wait.toNanos() - until >= 0 || interruptedWithin(wait)) {
                    throw unavailable;
                }
                LOG.debugf("the database is unavailable, what is known is kept and tried again after %s", wait);
                wait = shorter(wait.multipliedBy(2), LONGEST_WAIT);
            }
        }
    }

    /** {@link #untilWritten(Duration, Supplier)} for a write that returns nothing. */
    public static void untilWritten(Duration patience, Runnable write) {
        untilWritten(patience, () -> {
            write.run();
            return null;
        });
    }

    /**
     * Claims something. Where the answer is lost, nobody but the caller knows that nothing was done with what may have been claimed:
     * it is taken back, {@link #untilWritten(Duration, Supplier) until that is written}. Blocks; for virtual threads.
     *
     * @param takeBack says what holds then; harmless to repeat, also when nothing was claimed
     */
    public static <T> T orTakenBack(Duration patience, Supplier<T> claim, Supplier<T> takeBack) {
        try {
            return claim.get();
        } catch (DatabaseUnavailable lost) {
            LOG.debugf("the answer to a claim was lost, it is taken back: %s", lost.getMessage());
            return untilWritten(patience, takeBack);
        }
    }

    // Not all at the same moment once the database is back.
    private static boolean interruptedWithin(Duration wait) {
        try {
            Thread.sleep(
                    Duration.ofNanos(ThreadLocalRandom.current().nextLong(wait.toNanos() / 2, wait.toNanos() + 1)));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
