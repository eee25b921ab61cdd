package io.centurions.platform.streams;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.CompanyId;

/** An event as it came: what it is about and the fact itself. */
public record Received<E extends Event>(Envelope envelope, E event) {

    public CompanyId company() {
        return envelope.company();
    }
}
