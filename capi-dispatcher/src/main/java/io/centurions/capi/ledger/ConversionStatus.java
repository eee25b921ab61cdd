package io.centurions.capi.ledger;

import io.centurions.contracts.conversion.ConversionDispatched.Outcome;
import java.util.Locale;

/**
 * What has become of a conversion.
 *
 * <pre>
 *             ┌──────────▶ skipped   there is nowhere to send it
 * pending ────┼──────────▶ sent      Meta has it
 *  │   ▲      ├──────────▶ expired   older than Meta takes
 *  └later┘    ├──────────▶ refused   Meta does not want this event
 *             └──────────▶ parked    a person must look
 * </pre>
 *
 * Only a pending one changes.
 */
public enum ConversionStatus {
    PENDING,
    SENT,
    EXPIRED,
    REFUSED,
    PARKED,
    SKIPPED;

    /** As the table spells it. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    Outcome outcome() {
        return switch (this) {
            case SENT -> Outcome.SENT;
            case EXPIRED -> Outcome.EXPIRED;
            case REFUSED -> Outcome.REFUSED;
            case PARKED -> Outcome.PARKED;
            case SKIPPED -> Outcome.SKIPPED;
            case PENDING -> throw new IllegalStateException("a pending conversion has no outcome to tell");
        };
    }
}
