package io.centurions.platform.jobs;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Works off much in small pieces, each of which holds its locks only briefly. */
final class Batches {

    /** Rows in a batch: small enough that nobody waits for it. */
    static final int ROWS = 1000;

    private static final Duration BREATH = Duration.ofMillis(50);

    private Batches() {}

    /**
     * Repeats a batch until it finds nothing, the lease is lost or the thread is interrupted.
     *
     * @param batch does one and says how many rows it took
     * @return how many rows all took
     */
    static long untilNothingIsLeft(Lease lease, IntSupplier batch) {
        long taken = 0;
        while (lease.stillMine() && !Thread.currentThread().isInterrupted()) {
            int rows = batch.getAsInt();
            if (rows == 0) {
                break;
            }
            taken += rows;
            LockSupport.parkNanos(BREATH.toNanos());
        }
        return taken;
    }
}
