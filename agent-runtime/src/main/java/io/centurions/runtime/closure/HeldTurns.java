package io.centurions.runtime.closure;

import io.centurions.platform.loops.Closing;
import io.centurions.platform.loops.Failures;
import io.centurions.platform.loops.Leases;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * The turns that this replica is thinking about, and their leases. A lease is short, so that a killed replica's turns go on soon;
 * thinking may be long, so the leases are renewed here, all of them in one statement, early enough for one renewal to fail. A
 * replica that was stopped and wakes up renews nothing that somebody else has claimed: the fence is another.
 */
@ApplicationScoped
class HeldTurns {

    private static final Logger LOG = Logger.getLogger(HeldTurns.class);

    private final BurstRepository bursts;
    private final ClosureConfig config;
    private final Map<DueTurn, Holding> held = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private final Closing closing = new Closing();

    HeldTurns(BurstRepository bursts, ClosureConfig config) {
        this.bursts = bursts;
        this.config = config;
    }

    private static final class Holding {
        private final long since = System.nanoTime();
        private volatile long renewed = since;
    }

    void start(@Observes StartupEvent started) {
        Thread.ofVirtual().name("held-turns").start(this::renewUntilClosed);
    }

    /** Holds the turn while the work runs. A replica that is ending gives it back instead. */
    void during(DueTurn turn, Runnable work) {
        held.put(turn, new Holding());
        try {
            if (closing.hasBegun()) {
                bursts.release(List.of(turn));
            } else {
                work.run();
            }
        } finally {
            held.remove(turn);
        }
    }

    /** Renews what was last renewed a quarter of a lease ago; what has been thought about for too long is left to its lease. */
    void renew() {
        changing.lock();
        try {
            long now = System.nanoTime();
            List<DueTurn> due = new ArrayList<>();
            held.forEach((turn, holding) -> {
                if (!closing.hasBegun()
                        && now - holding.since < config.holdMost().toNanos()
                        && now - holding.renewed >= config.lease().toNanos() / 4) {
                    due.add(turn);
                    holding.renewed = now;
                }
            });
            if (!due.isEmpty()) {
                bursts.hold(due);
            }
        } finally {
            changing.unlock();
        }
    }

    /** Gives all turns back at once: another replica need not wait for their leases. Nothing is renewed any more. */
    void handOver() throws InterruptedException {
        closing.begin();
        Leases.giveBack("turns", this::giveBack);
    }

    private void giveBack() {
        changing.lock();
        try {
            List<DueTurn> ours = List.copyOf(held.keySet());
            if (!ours.isEmpty()) {
                bursts.release(ours);
                LOG.infof("%d turns are given back", ours.size());
            }
        } finally {
            changing.unlock();
        }
    }

    private void renewUntilClosed() {
        try {
            while (!closing.beginsWithin(config.lease().dividedBy(6))) {
                try {
                    renew();
                } catch (RuntimeException | Error failure) {
                    LOG.warnf("leases could not be renewed, will retry: %s", Failures.place(failure));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
