package io.centurions.contracts.conversion;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.MayBeAbsent;
import io.centurions.contracts.id.ConversionId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.LeadId;

/**
 * Meta was told of a conversion, or will not be, and why.
 *
 * <p>Written once, in the transaction that settled the row; a conversion that an operator has sent again settles
 * again. At least once: a repeat has the same event id.
 *
 * @param conversion the row that holds the conversion
 * @param lead       whose conversion it is
 * @param deal       the deal; absent before there is one
 * @param name       the name under which Meta is told
 * @param outcome    what became of it
 * @param reason     a code; absent when it was sent
 */
public record ConversionDispatched(
        ConversionId conversion,
        LeadId lead,
        @MayBeAbsent DealId deal,
        String name,
        Outcome outcome,
        @MayBeAbsent String reason)
        implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "conversion.dispatched";

    /**
     * EXPIRED: the fact is older than Meta takes. REFUSED: Meta does not want it. PARKED: a person must look.
     * SKIPPED: there is nowhere to send it.
     */
    public enum Outcome {
        SENT,
        EXPIRED,
        REFUSED,
        PARKED,
        SKIPPED,
        OTHER
    }

    public ConversionDispatched {
        Check.present(conversion, "conversion");
        Check.present(lead, "lead");
        Check.present(name, "name");
        Check.present(outcome, "outcome");
        Check.codeOrAbsent(reason, "reason");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Id subject() {
        return conversion;
    }
}
