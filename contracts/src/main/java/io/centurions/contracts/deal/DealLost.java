package io.centurions.contracts.deal;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.MayBeAbsent;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.LeadId;

/**
 * A deal was lost.
 *
 * <p>Written by the schema's trigger when the status becomes lost, in that transaction. At least once: a repeat
 * has the same event id.
 *
 * @param deal   the deal
 * @param lead   the lead it came from
 * @param reason a code; absent when none was chosen. What a seller typed is read in the deal
 */
public record DealLost(
        DealId deal, LeadId lead, @MayBeAbsent String reason) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "deal.lost";

    public DealLost {
        Check.present(deal, "deal");
        Check.present(lead, "lead");
        Check.codeOrAbsent(reason, "reason");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Id subject() {
        return deal;
    }
}
