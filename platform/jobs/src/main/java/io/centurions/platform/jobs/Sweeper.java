package io.centurions.platform.jobs;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.ShutdownDeadline;
import io.centurions.platform.tenancy.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jboss.logmanager.MDC;

/**
 * Mends what events should have done and did not. Everything found is counted in {@code sweep_found_total}: in a healthy system
 * that number stands still, because events are faster.
 */
@ApplicationScoped
public class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    private final MeterRegistry meters;

    Sweeper(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts what was found; more than nothing is worth a line in the log. */
    public void found(String sweep, int number) {
        meters.counter("sweep_found_total", "sweep", sweep).increment(number);
        if (number > 0) {
            LOG.warnf("sweep %s found %d left behind", sweep, number);
        }
    }

    /**
     * Counts and mends what was found, a few at once, each under a trace of its own. One that fails is logged and left to the
     * next sweep, the others go on; nothing new is begun once the lease is lost. Returns when all have ended.
     *
     * @param found rows with a {@code company_id}
     * @throws DatabaseUnavailable when that is why some could not be mended
     */
    public void mend(Lease lease, String sweep, List<Row> found, int atOnce, Consumer<Row> mend) {
        found(sweep, found.size());
        Semaphore room = new Semaphore(atOnce);
        Queue<DatabaseUnavailable> away = new ConcurrentLinkedQueue<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Row one : found) {
                room.acquireUninterruptibly();
                if (!lease.stillMine() || !away.isEmpty()) {
                    break;
                }
                threads.execute(() -> {
                    MDC.put("company_id", one.getUUID("company_id").toString());
                    Trace.run(Trace.started(null), () -> mendOne(sweep, one, mend, away));
                    room.release();
                });
            }
        }
        if (!away.isEmpty()) {
            throw away.peek();
        }
    }

    private static void mendOne(String sweep, Row one, Consumer<Row> mend, Queue<DatabaseUnavailable> away) {
        try {
            mend.accept(one);
        } catch (DatabaseUnavailable e) {
            away.add(e);
        } catch (RuntimeException | Error e) {
            tellFailed(sweep, e);
        }
    }

    private static void tellFailed(String sweep, Throwable failure) {
        if (ShutdownDeadline.isOver()) {
            LOG.infof("sweep %s outlived its container: %s", sweep, failure.toString());
        } else {
            LOG.errorf(failure, "sweep %s could not mend one, the next one tries again; runbook sweeps", sweep);
        }
    }
}
