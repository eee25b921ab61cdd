package io.centurions.contracts;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.EventId;
import java.time.Instant;
import java.util.UUID;

/**
 * What every event travels with. On the wire it is the field {@link Streams#ENVELOPE} of the stream entry, a JSON
 * object; the event itself is the field {@link Streams#PAYLOAD}.
 *
 * @param id            the event, the same in every repeat: the key that makes its handling idempotent
 * @param type          the name of the fact and of its stream
 * @param version       the version of the payload, from 1
 * @param company       whose fact it is; handlers bind it before they read anything
 * @param subject       what it is about
 * @param seq           grows with each event of the subject where such a number exists, else 0
 * @param occurredAt    when the transaction that made it true wrote it, by the clock of the database
 * @param correlationId what started the whole chain; the event's own id where nothing did
 * @param causationId   the event or request that led to this one; absent where nothing did
 * @param traceparent   W3C trace context; absent where nobody traced
 * @param producer      the service that wrote it
 * @param replay        true when an operator had it sent again: rules for lateness apply
 */
public record Envelope(
        EventId id,
        String type,
        int version,
        CompanyId company,
        UUID subject,
        long seq,
        Instant occurredAt,
        UUID correlationId,
        @MayBeAbsent UUID causationId,
        @MayBeAbsent String traceparent,
        String producer,
        boolean replay) {

    public Envelope {
        Check.present(id, "id");
        Check.present(type, "type");
        Check.positive(version, "version");
        Check.present(company, "company");
        Check.present(subject, "subject");
        Check.notNegative(seq, "seq");
        Check.present(occurredAt, "occurredAt");
        Check.present(producer, "producer");
        correlationId = correlationId == null ? id.value() : correlationId;
    }
}
