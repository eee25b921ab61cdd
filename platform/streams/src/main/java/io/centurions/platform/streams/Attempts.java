package io.centurions.platform.streams;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Event;
import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Streams;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** One try of one event: reads it, lets its consumer do the work, and makes every ending one of done, later and parked. */
@ApplicationScoped
class Attempts {

    private static final Logger LOG = Logger.getLogger(Attempts.class);

    private final Consumers consumers;
    private final Parking parking;
    private final WorkGroup group;
    private final StreamMetrics metrics;
    private final StreamsConfig config;

    Attempts(Consumers consumers, Parking parking, WorkGroup group, StreamMetrics metrics, StreamsConfig config) {
        this.consumers = consumers;
        this.parking = parking;
        this.group = group;
        this.metrics = metrics;
        this.config = config;
    }

    /** What every reader needs; an entry without it is parked. */
    Optional<Envelope> envelopeOf(Entry entry) {
        try {
            return Optional.of(EventJson.read(String.valueOf(entry.fields().get(Streams.ENVELOPE)), Envelope.class));
        } catch (RuntimeException e) {
            park(entry, null, "unreadable envelope");
            return Optional.empty();
        }
    }

    /**
     * How long this entry is tried. One that an operator had sent again is as old as its entry, not as its fact; and
     * none is younger than its entry, whatever it says, or it would be tried for ever.
     */
    Patience patienceFor(Entry entry, Envelope envelope) {
        boolean fresh = envelope.replay() || envelope.occurredAt().isAfter(entry.enteredAt());
        Instant since = fresh ? entry.enteredAt() : envelope.occurredAt();
        return new Patience(since, config.giveUpAfter(), config.unknownVersionAfter());
    }

    /** Tries once; true when the entry can be acknowledged. */
    boolean settled(Entry entry, Envelope envelope, Patience patience) {
        return switch (handle(entry, envelope, consumers.of(entry.type()), patience)) {
            case Outcome.Done done -> true;
            case Outcome.Parked(String reason) -> parked(entry, envelope, reason);
            case Outcome.Later(String why) -> {
                LOG.debugf("%s later: %s", envelope.type(), why);
                metrics.retried(entry.type());
                yield false;
            }
        };
    }

    private <E extends Event> Outcome handle(
            Entry entry, Envelope envelope, WorkConsumer<E> consumer, Patience patience) {
        if (EventTypes.recordOf(envelope.type(), envelope.version()).isEmpty()) {
            return patience.unknownVersion(Instant.now());
        }
        E event;
        try {
            String payload = String.valueOf(entry.fields().get(Streams.PAYLOAD));
            event = Objects.requireNonNull(EventJson.read(payload, consumer.event()), "no payload");
        } catch (RuntimeException | Error e) {
            // Not with the failure itself, which may quote what a lead wrote.
            String reason = Reason.unreadable(consumer.event(), e);
            LOG.warnf("%s cannot be read, attempt %d: %s", envelope.type(), patience.attempts() + 1, reason);
            return failed(entry, patience, reason);
        }
        try {
            Outcome outcome = Objects.requireNonNull(consumer.handle(new Received<>(envelope, event)), "no outcome");
            return outcome instanceof Outcome.Later later ? patience.later(later, Instant.now()) : outcome;
        } catch (DatabaseUnavailable e) {
            LOG.warnf("%s waits for the database", envelope.type());
            return Outcome.later("database unavailable");
        } catch (RuntimeException | Error e) {
            // An Error too: an event that can never be handled must end parked, not circle between replicas.
            LOG.warnf(e, "%s failed, attempt %d", envelope.type(), patience.attempts() + 1);
            return failed(entry, patience, Reason.failed(e));
        }
    }

    // What Redis cannot be told of now, or what another replica has taken from us, is not given up by us.
    private Outcome failed(Entry entry, Patience patience, String reason) {
        Instant now = Instant.now();
        try {
            return group.failed(entry, now)
                    .map(failures -> patience.failed(reason, failures, now))
                    .orElseGet(() -> Outcome.later(reason));
        } catch (RuntimeException e) {
            LOG.warnf("this failure of %s is not counted: %s", entry.handle(), e.toString());
            return Outcome.later(reason);
        }
    }

    private boolean parked(Entry entry, Envelope envelope, String reason) {
        try {
            park(entry, envelope, reason);
            return true;
        } catch (DatabaseUnavailable e) {
            return false;
        }
    }

    // What cannot be parked stays pending: it is claimed and tried again, and said again, until somebody has looked.
    private void park(Entry entry, Envelope envelope, String reason) {
        try {
            UUID parked = parking.park(entry, envelope, group.name(), reason);
            metrics.parked(entry.type());
            LOG.errorf("%s parked as %s: %s; runbook parked-events", entry.handle(), parked, reason);
        } catch (DatabaseUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            metrics.parkingFailed(entry.type());
            LOG.errorf("%s cannot even be parked: %s; runbook parked-events", entry.handle(), e.toString());
            throw e;
        }
    }
}
