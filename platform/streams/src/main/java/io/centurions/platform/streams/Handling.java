package io.centurions.platform.streams;

import io.centurions.contracts.Envelope;
import io.centurions.platform.tenancy.ShutdownDeadline;
import io.centurions.platform.tenancy.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logmanager.MDC;

/**
 * Handles entries on virtual threads, a bounded number at once and one of a subject at a time, until each is done or
 * parked. An entry that must wait stays pending in Redis and in our hands, at the cost of a parked virtual thread; when
 * too many wait, further ones are let go: they stay pending and come back by claim, so that waiting never stops reading.
 * If we die, another replica claims what we held.
 */
@ApplicationScoped
class Handling {

    private static final Logger LOG = Logger.getLogger(Handling.class);
    private static final int AT_ONCE = 64;
    private static final int READY_MAX = 1_000;
    private static final int TOUCHED_AT_ONCE = 200;

    private final WorkGroup group;
    private final Attempts attempts;
    private final Acknowledgements acknowledgements;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Semaphore places = new Semaphore(READY_MAX);
    private final Semaphore waits;
    private final Lanes lanes = new Lanes();
    // What we hold, so that claiming from the dead does not start our own waiting entries twice.
    private final Map<String, Entry> inHand = new ConcurrentHashMap<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    Handling(WorkGroup group, Attempts attempts, Acknowledgements acknowledgements, StreamsConfig config) {
        this.group = group;
        this.attempts = attempts;
        this.acknowledgements = acknowledgements;
        this.waits = new Semaphore(config.waitingMax());
    }

    void start() {
        acknowledgements.start(entry -> inHand.remove(entry.handle()));
    }

    /**
     * Takes an entry; returns at once, or when fewer than {@value #READY_MAX} are ready to be handled. While we
     * stop, it is handed over.
     */
    void submit(Entry entry) {
        if (inHand.putIfAbsent(entry.handle(), entry) != null) {
            return;
        }
        // In hand first: what is not told here that we stop, finish() finds.
        if (stopped()) {
            group.handOver(entry.key(), List.of(entry.id()));
            return;
        }
        places.acquireUninterruptibly();
        try {
            begin(() -> settle(entry));
        } catch (RuntimeException | Error e) {
            // Those that were read with it are begun all the same.
            places.release();
            inHand.remove(entry.handle());
            LOG.warnf("%s could not be begun, it is left to a claim: %s", entry.handle(), e.toString());
        }
    }

    /** On a thread of its own. */
    void begin(Runnable work) {
        Thread.ofVirtual().name("work").start(work);
    }

    private void settle(Entry entry) {
        boolean settled = false;
        try {
            settled = handled(entry);
        } catch (RuntimeException | Error e) {
            // Not acknowledged: it stays pending and is claimed again, here or by another replica.
            LOG.warnf(e, "%s could not be settled", entry.handle());
        } finally {
            places.release();
        }
        if (!settled && !stopped()) {
            inHand.remove(entry.handle());
        }
    }

    /** Touches what we hold, so that nobody takes us for dead. */
    void keepInHand() {
        byKey(inHand.values().stream().toList()).forEach((key, ids) -> {
            for (int from = 0; from < ids.size(); from += TOUCHED_AT_ONCE) {
                group.keep(key, ids.subList(from, Math.min(from + TOUCHED_AT_ONCE, ids.size())));
            }
        });
    }

    /** Waits for what is being tried right now and tells Redis what is settled; {@link #handOver} is for all the rest. */
    void finish(Duration patience) throws InterruptedException {
        stopping.countDown();
        if (!slots.tryAcquire(AT_ONCE, ShutdownDeadline.atMost(patience).toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.warn("shutdown: some events are still being handled; another replica takes them up too");
        }
        acknowledgements.finish(Duration.ofSeconds(2));
    }

    /**
     * Gives what is not settled to whoever looks for it next, also what is still being tried: it may end with the process
     * at any moment, and if its effect is committed first, the next one finds it so.
     */
    void handOver() {
        List<Entry> left = List.copyOf(inHand.values());
        byKey(left).forEach(group::handOver);
        if (!left.isEmpty()) {
            LOG.infof("shutdown: %d events that are not settled are handed over", left.size());
        }
    }

    private boolean handled(Entry entry) {
        Optional<Envelope> readable = entry.isFor(group.name()) ? attempts.envelopeOf(entry) : Optional.empty();
        if (readable.isEmpty()) {
            acknowledgements.add(entry);
            return true;
        }
        Envelope envelope = readable.get();
        MDC.put("event_id", envelope.id().toString());
        MDC.put("company_id", envelope.company().toString());
        var trace = new Trace(envelope.correlationId(), envelope.id().value(), envelope.traceparent());
        try {
            return Trace.call(trace, () -> untilSettled(entry, envelope));
        } finally {
            MDC.remove("event_id");
            MDC.remove("company_id");
        }
    }

    private boolean untilSettled(Entry entry, Envelope envelope) {
        Patience patience = attempts.patienceFor(entry, envelope);
        while (!stopped()) {
            if (lanes.inOrder(envelope.subject(), () -> tried(entry, envelope, patience))) {
                return true;
            }
            // The wait holds neither a place among the ready nor the subject's lane.
            if (!waits.tryAcquire()) {
                LOG.debugf("too many wait, %s is let go", entry.handle());
                group.letGo(entry);
                return false;
            }
            places.release();
            try {
                if (stopping.await(patience.next().toMillis(), TimeUnit.MILLISECONDS) || lost(entry)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                waits.release();
                places.acquireUninterruptibly();
            }
        }
        return false;
    }

    private boolean tried(Entry entry, Envelope envelope, Patience patience) {
        slots.acquireUninterruptibly();
        try {
            boolean settled = !stopped() && attempts.settled(entry, envelope, patience);
            if (settled) {
                acknowledgements.add(entry);
            }
            return settled;
        } finally {
            slots.release();
        }
    }

    // Redis lost it, or another replica took us for dead. Whoever has it handles it; we stop holding it.
    private boolean lost(Entry entry) {
        try {
            return !group.keep(entry.key(), List.of(entry.id())).isEmpty();
        } catch (RuntimeException e) {
            LOG.warnf("cannot tell whether %s is still ours, it is left to a claim: %s", entry.handle(), e.toString());
            return true;
        }
    }

    private boolean stopped() {
        return stopping.getCount() == 0;
    }

    private static Map<String, List<String>> byKey(List<Entry> entries) {
        return entries.stream()
                .collect(Collectors.groupingBy(Entry::key, Collectors.mapping(Entry::id, Collectors.toList())));
    }
}
