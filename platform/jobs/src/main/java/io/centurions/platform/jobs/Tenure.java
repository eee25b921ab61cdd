package io.centurions.platform.jobs;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** What this replica knows of its lease on one job. */
final class Tenure implements Lease {

    private final CountDownLatch stopping;
    // Of the monotonic clock; null: not ours. A process that was stopped for a while finds its time over.
    private final AtomicReference<Long> until = new AtomicReference<>();

    Tenure(CountDownLatch stopping) {
        this.stopping = stopping;
    }

    void ours(long untilNanos) {
        until.set(untilNanos);
    }

    void notOurs() {
        until.set(null);
    }

    @Override
    public boolean stillMine() {
        Long end = until.get();
        return stopping.getCount() > 0 && end != null && end - System.nanoTime() > 0;
    }
}
