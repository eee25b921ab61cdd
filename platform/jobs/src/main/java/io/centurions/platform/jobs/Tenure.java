package io.centurions.platform.jobs;

import io.centurions.platform.loops.Closing;
import java.util.concurrent.atomic.AtomicReference;

/** What this replica knows of its lease on one job. */
final class Tenure implements Lease {

    private final Closing closing;
    // Of the monotonic clock; null: not ours. A process that was stopped for a while finds its time over.
    private final AtomicReference<Long> until = new AtomicReference<>();

    Tenure(Closing closing) {
        this.closing = closing;
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
        return !closing.hasBegun() && end != null && end - System.nanoTime() > 0;
    }
}
