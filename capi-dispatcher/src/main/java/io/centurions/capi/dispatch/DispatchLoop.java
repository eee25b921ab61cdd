package io.centurions.capi.dispatch;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps dispatching: at once when a conversion was recorded in this process, else at each poll, which finds what other
 * replicas recorded, what waited for its next try and what a dead worker left; also at once when a company has been
 * served and has made room. Goes on whatever a round throws; stops between two rounds.
 */
@ApplicationScoped
public class DispatchLoop {

    private static final Logger LOG = Logger.getLogger(DispatchLoop.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final DispatchDue dispatchDue;
    private final Duration poll;
    private final Semaphore recorded = new Semaphore(0);
    private volatile boolean running;
    private Thread loop;

    DispatchLoop(DispatchDue dispatchDue, DispatchConfig config) {
        this.dispatchDue = dispatchDue;
        this.poll = config.poll();
    }

    /** Says that a conversion is due; returns at once. */
    public void wake() {
        recorded.release();
    }

    void start(@Observes StartupEvent started) {
        running = true;
        loop = Thread.ofVirtual().name("conversion-dispatch").start(this::dispatchUntilStopped);
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        running = false;
        wake();
        boolean ended = loop == null || loop.join(GRACE);
        if (!dispatchDue.end(GRACE) || !ended) {
            LOG.warn("a call to Meta outlives the shutdown; its conversions are sent again after their lease");
        }
    }

    private void dispatchUntilStopped() {
        Duration wait = poll;
        while (running) {
            try {
                wait = dispatchDue.dispatch(this::wake) ? Duration.ZERO : poll;
            } catch (DatabaseUnavailable e) {
                wait = longer(wait);
                LOG.warnf("conversions wait for the database, %d ms", wait.toMillis());
            } catch (RuntimeException | Error e) {
                wait = longer(wait);
                LOG.errorf(e, "dispatch failed, next try in %d ms; runbook conversions-dispatch", wait.toMillis());
            }
            pause(wait);
        }
    }

    private Duration longer(Duration wait) {
        Duration doubled = wait.isZero() ? poll : wait.multipliedBy(2);
        return doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }

    private void pause(Duration wait) {
        try {
            if (recorded.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                recorded.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
