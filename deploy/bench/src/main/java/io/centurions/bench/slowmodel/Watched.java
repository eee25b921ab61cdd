package io.centurions.bench.slowmodel;

import io.centurions.bench.stage.Benched;
import io.centurions.bench.stage.Metrics;
import io.centurions.bench.stage.Quiet;

/** Looks at a service twice a second while it works, and keeps the highest of what it saw. */
final class Watched implements AutoCloseable {

    private static final double MEBI = 1048576.0;
    private static final int BETWEEN_MILLIS = 500;

    private final Benched service;
    private final Thread thread = new Thread(this::look, "watched");
    private volatile double mostHeap;
    private volatile double mostPending;
    private volatile boolean over;

    Watched(Benched service) {
        this.service = service;
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        while (!over && Quiet.pause(BETWEEN_MILLIS)) {
            Metrics metrics = Metrics.of(service);
            mostHeap = Math.max(
                    mostHeap,
                    metrics.sum("jvm_memory_used_bytes", "area=\"heap\"").orElse(0) / MEBI);
            double inThePool = metrics.sum("sql_pool_queue_size", "").orElse(Double.NaN);
            double inTheLine = metrics.sum("database_line_waiting", "").orElse(Double.NaN);
            mostPending = Math.max(mostPending, inThePool + inTheLine);
        }
    }

    double mostHeapMiB() {
        return mostHeap;
    }

    /** How many waited for a connection at once; NaN where the pool does not tell. */
    double mostPending() {
        return mostPending;
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
    }
}
