package io.centurions.platform.outbox;

import io.centurions.contracts.Event;
import io.centurions.contracts.id.EventId;
import io.centurions.platform.tenancy.Trace;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stores events in the transaction that makes them true. The relay publishes them after the commit, at least once; a
 * rollback takes them back.
 */
@ApplicationScoped
public class Outbox {

    private final Relay relay;
    private final String append;

    Outbox(Relay relay, @ConfigProperty(name = "centurions.service") String suffix) {
        this.relay = relay;
        this.append = """
                INSERT INTO core.outbox_%s
                       (company_id, id, type, version, subject, seq, occurred_at, correlation_id, causation_id, traceparent, payload)
                VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp(), $7, $8::uuid, $9::text, $10::text::jsonb)
                """.formatted(suffix);
    }

    /**
     * Appends one event of the transaction's company, under the thread's {@link Trace}. It goes out with the
     * transaction's next statement or its commit; one that cannot be stored fails the transaction.
     *
     * @return the event's id, which is also its idempotency key
     */
    public EventId append(Tx tx, Event event) {
        EventId id = EventId.random();
        Trace trace = Trace.current();
        tx.send(
                append,
                tx.company().value(),
                id.value(),
                event.type(),
                event.version(),
                event.subject().value(),
                event.seq(),
                trace.correlationId(),
                trace.causationId(),
                trace.traceparent(),
                EventJson.write(event));
        tx.afterCommit(relay::wake);
        return id;
    }
}
