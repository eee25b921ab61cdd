package io.centurions.platform.webhooks;

import io.centurions.platform.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * How much memory bodies may take at once: a quarter of the heap, counted for bodies above {@value #SMALL_KIB} KiB only. At
 * least one body of the largest kind always fits.
 */
@ApplicationScoped
public class LargeBodies {

    private static final int SMALL_KIB = 256;
    private static final int LARGEST_KIB = 33 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Semaphore kibibytes;

    LargeBodies() {
        this(Runtime.getRuntime().maxMemory());
    }

    LargeBodies(long heapBytes) {
        this.kibibytes = new Semaphore((int) Math.max(LARGEST_KIB, Math.min(heapBytes / 4 / 1024, Integer.MAX_VALUE)));
    }

    /**
     * Takes room for a body, without waiting.
     *
     * @return what to give back when it is handled
     * @throws Problem 503 when the room is taken
     */
    int borrow(long bytes) {
        int needed = (int) ((bytes + 1023) / 1024);
        if (needed <= SMALL_KIB) {
            return 0;
        }
        if (!kibibytes.tryAcquire(needed)) {
            throw Problem.unavailable("too many large bodies at once", RETRY_AFTER);
        }
        return needed;
    }

    void giveBack(int borrowed) {
        kibibytes.release(borrowed);
    }
}
