package io.centurions.platform.streams;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Event;
import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Streams;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.logmanager.MDC;

/**
 * Handles entries on virtual threads, a bounded number at once and one of a subject at a time, until each is done or
 * parked. An entry that must wait stays pending in Redis and in our hands, at the cost of a parked virtual thread; if we
 * die, another replica claims it.
 */
@ApplicationScoped
class Handling {

    private static final Logger LOG = Logger.getLogger(Handling.class);
    private static final int AT_ONCE = 64;
    private static final int IN_HAND_MAX = 2_000;

    private final WorkGroup group;
    private final Parking parking;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Semaphore places = new Semaphore(IN_HAND_MAX);
    private final Lanes lanes = new Lanes();
    // What we hold, so that claiming from the dead does not start our own waiting entries twice.
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Handling(WorkGroup group, Parking parking) {
        this.group = group;
        this.parking = parking;
    }

    /** Takes an entry; returns at once, or when fewer than {@value #IN_HAND_MAX} are in hand. */
    void submit(WorkGroup.Entry entry, Map<String, WorkConsumer<?>> byType) {
        if (!inHand.add(entry.handle())) {
            return;
        }
        places.acquireUninterruptibly();
        Thread.ofVirtual().name("work").start(() -> {
            try {
                handle(entry, byType);
            } catch (RuntimeException | Error e) {
                // Not acknowledged: it stays pending and is claimed again, here or by another replica.
                LOG.warnf(e, "%s could not be settled", entry.handle());
            } finally {
                inHand.remove(entry.handle());
                places.release();
            }
        });
    }

    /** Waits for what is being tried right now; what is not finished stays pending for another replica. */
    void finish(Duration patience) throws InterruptedException {
        stopping = true;
        if (!slots.tryAcquire(AT_ONCE, patience.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("shutdown: some events stay pending for another replica");
        }
    }

    private void handle(WorkGroup.Entry entry, Map<String, WorkConsumer<?>> byType) {
        String type = Streams.typeOf(entry.key());
        Envelope envelope;
        try {
            envelope = EventJson.read(String.valueOf(entry.fields().get(Streams.ENVELOPE)), Envelope.class);
        } catch (RuntimeException e) {
            parking.park(entry, null, group.name(), "unreadable envelope");
            group.acknowledge(entry);
            return;
        }
        MDC.put("event_id", envelope.id().toString());
        MDC.put("company_id", envelope.company().toString());
        var trace = new Trace(envelope.correlationId(), envelope.id().value(), envelope.traceparent());
        try {
            Trace.run(trace, () -> untilSettled(entry, envelope, byType.get(type)));
        } finally {
            MDC.remove("event_id");
            MDC.remove("company_id");
        }
    }

    private <E extends Event> void untilSettled(WorkGroup.Entry entry, Envelope envelope, WorkConsumer<E> consumer) {
        Patience patience = new Patience(envelope.occurredAt());
        while (!stopping) {
            boolean settled = lanes.inOrder(envelope.subject(), () -> {
                slots.acquireUninterruptibly();
                try {
                    return settle(entry, envelope, attempt(entry, envelope, consumer, patience));
                } finally {
                    slots.release();
                }
            });
            // The wait holds neither a place among those at work nor the subject's lane.
            if (settled || !waitFor(patience.next(), entry)) {
                return;
            }
        }
    }

    private boolean settle(WorkGroup.Entry entry, Envelope envelope, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> acknowledge(entry);
            case Outcome.Parked(String reason) -> parked(entry, envelope, reason) && acknowledge(entry);
            case Outcome.Later(String why) -> {
                LOG.debugf("%s later: %s", envelope.type(), why);
                yield false;
            }
        };
    }

    private <E extends Event> Outcome attempt(
            WorkGroup.Entry entry, Envelope envelope, WorkConsumer<E> consumer, Patience patience) {
        if (EventTypes.recordOf(envelope.type(), envelope.version()).isEmpty()) {
            return patience.unknownVersion(Instant.now());
        }
        try {
            E event = EventJson.read(String.valueOf(entry.fields().get(Streams.PAYLOAD)), consumer.event());
            Outcome outcome = consumer.handle(new Received<>(envelope, event));
            return outcome instanceof Outcome.Later later ? patience.later(later, Instant.now()) : outcome;
        } catch (DatabaseUnavailable e) {
            LOG.warnf("%s waits for the database", envelope.type());
            return Outcome.later("database unavailable");
        } catch (RuntimeException e) {
            LOG.warnf(e, "%s failed, attempt %d", envelope.type(), patience.attempts() + 1);
            return patience.failed(e);
        }
    }

    // Settled either way: when Redis does not hear it, the event comes again and its consumer knows it.
    private boolean acknowledge(WorkGroup.Entry entry) {
        try {
            group.acknowledge(entry);
        } catch (RuntimeException e) {
            LOG.warnf("acknowledgement of %s failed, it will come again: %s", entry.handle(), e.toString());
        }
        return true;
    }

    private boolean parked(WorkGroup.Entry entry, Envelope envelope, String reason) {
        try {
            UUID parked = parking.park(entry, envelope, group.name(), reason);
            LOG.errorf("%s parked as %s: %s; runbook parked-events", envelope.type(), parked, reason);
            return true;
        } catch (DatabaseUnavailable e) {
            return false;
        }
    }

    private boolean waitFor(Duration wait, WorkGroup.Entry entry) {
        try {
            Thread.sleep(wait);
            group.keep(entry);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException e) {
            // Redis lost or gave away the entry. Whoever reads it next handles it; we stop holding it.
            LOG.warnf("%s is no longer ours: %s", entry.handle(), e.toString());
            return false;
        }
    }
}
