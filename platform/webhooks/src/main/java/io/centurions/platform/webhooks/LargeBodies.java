package io.centurions.platform.webhooks;

import io.centurions.platform.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How much memory bodies may take at once: a quarter of the heap, counted for bodies above {@value #SMALL_KIB} KiB only, by what
 * becomes of them. At least one body of the largest kind always fits.
 *
 * <p>Whoever waits for room gets it in turn: what comes in meanwhile does not pass, however little it takes, and is asked to come
 * again. It is kept out only until those who have room now are done, or nobody waits any more.
 */
@ApplicationScoped
public class LargeBodies {

    /**
     * Bytes of the largest body that may be read as a whole; a larger one may be cut down, or kept, without. What providers say without
     * their files is far less.
     */
    public static final int READABLE_BYTES = 6 * 1024 * 1024;

    private static final int SMALL_KIB = 256;

    /** What takes no room. */
    static final int SMALL_BYTES = SMALL_KIB * 1024;

    private static final int LARGEST_KIB = 33 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final String TOO_MANY = "too many large bodies at once";

    /** What is read lies there as bytes, as a tree of two-byte characters, and several times as a part of the statement that stores it. */
    private static final int TIMES_READ = 8;

    /** What is only kept, or cut down: as bytes, and as a part of its statement or once more. */
    private static final int TIMES_KEPT = 2;

    private final int all;
    private final Semaphore kibibytes;

    LargeBodies() {
        this(Runtime.getRuntime().maxMemory());
    }

    LargeBodies(long heapBytes) {
        this.all = (int) Math.max(LARGEST_KIB, Math.min(heapBytes / 4 / 1024, Integer.MAX_VALUE));
        this.kibibytes = new Semaphore(all, true);
    }

    /**
     * Takes room for a body that comes in, without waiting.
     *
     * @return what to give back when it is handled
     * @throws Problem 503 when the room is taken, or others wait for it
     */
    int borrow(long bytes) {
        int needed = needed(bytes);
        if (!acquired(needed, Duration.ZERO)) {
            throw Problem.unavailable(TOO_MANY, RETRY_AFTER);
        }
        return needed;
    }

    void giveBack(int borrowed) {
        kibibytes.release(borrowed);
    }

    /**
     * Has a body that was kept read back and handled, in the room that it takes.
     *
     * @param patience how long others may keep the room
     * @throws Problem 429 when they keep it longer: this service is well, and whoever asks for it may ask for the rest
     */
    <T> T within(long bytes, Duration patience, Supplier<T> work) {
        int needed = needed(bytes);
        if (!acquired(needed, patience)) {
            throw Problem.tooMany(TOO_MANY, RETRY_AFTER);
        }
        try {
            return work.get();
        } finally {
            giveBack(needed);
        }
    }

    private int needed(long bytes) {
        long size = (bytes + 1023) / 1024;
        return size <= SMALL_KIB ? 0 : (int) Math.min(all, size * (bytes <= READABLE_BYTES ? TIMES_READ : TIMES_KEPT));
    }

    private boolean acquired(int needed, Duration patience) {
        if (needed == 0) {
            return true;
        }
        try {
            // Not the one without a time, which passes those who wait.
            return kibibytes.tryAcquire(needed, patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
