package io.centurions.autentique.signing;

import io.centurions.autentique.contract.DueSignal;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logmanager.MDC;

/**
 * Claims due contracts from PostgreSQL and advances them, a few at once. Everything it needs to know is in the rows:
 * what a crash interrupted is claimed again when its lease has run out, by this replica or another. Goes on whatever a
 * round throws.
 */
@ApplicationScoped
class SigningLoop {

    private static final Logger LOG = Logger.getLogger(SigningLoop.class);

    private static final Duration GRACE = Duration.ofSeconds(25);

    private final SigningRepository signing;
    private final AdvanceContract advanceContract;
    private final DueSignal due;
    private final SigningConfig config;
    private final Semaphore free;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean running;
    private Thread loop;

    SigningLoop(SigningRepository signing, AdvanceContract advanceContract, DueSignal due, SigningConfig config) {
        this.signing = signing;
        this.advanceContract = advanceContract;
        this.due = due;
        this.config = config;
        this.free = new Semaphore(config.atOnce());
    }

    void start(@Observes StartupEvent started) {
        running = true;
        loop = Thread.ofVirtual().name("signing-loop").start(this::runUntilStopped);
    }

    // No new claim; what is on its way may end, and what does not is taken up by its lease.
    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        running = false;
        due.ring();
        if (loop != null) {
            loop.join(GRACE);
        }
        workers.shutdown();
        if (!workers.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("contracts are left to their leases");
        }
    }

    private void runUntilStopped() {
        try {
            while (running) {
                if (claimedNone()) {
                    due.await(config.poll());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean claimedNone() throws InterruptedException {
        try {
            return advanceDue() == 0;
        } catch (RuntimeException | Error e) {
            LOG.error("due contracts wait for the next look; runbook contracts-loop", e);
            return true;
        }
    }

    private int advanceDue() throws InterruptedException {
        free.acquire();
        if (!running) {
            free.release();
            return 0;
        }
        int slots = 1 + free.drainPermits();
        List<Held> claimed = List.of();
        try {
            claimed = signing.claim(slots, config.lease());
        } catch (DatabaseUnavailable e) {
            LOG.warnf("due contracts wait: %s", e.getMessage());
        } finally {
            free.release(slots - claimed.size());
        }
        claimed.forEach(this::begin);
        return claimed.size();
    }

    private void begin(Held held) {
        try {
            workers.execute(() -> advance(held));
        } catch (RuntimeException | Error e) {
            free.release();
            LOG.error("contract is left to its lease; runbook contracts-loop", e);
        }
    }

    private void advance(Held held) {
        MDC.put("company_id", held.company().toString());
        MDC.put("contract_id", held.contract().toString());
        try {
            advanceContract.advance(held);
        } catch (DatabaseUnavailable e) {
            LOG.warnf("contract is left to its lease: %s", e.getMessage());
        } catch (RuntimeException | Error e) {
            LOG.error("contract is left to its lease; runbook contracts-loop", e);
        } finally {
            MDC.remove("company_id");
            MDC.remove("contract_id");
            free.release();
            due.ring();
        }
    }
}
