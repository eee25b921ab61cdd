package io.centurions.contracts.deal;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.LeadId;
import java.time.Instant;

/**
 * A deal was won.
 *
 * <p>Written by the schema's trigger when the status becomes won, in that transaction. At least once: a repeat has
 * the same event id. A deal that is reopened and won again writes another event; effects that may happen once per
 * deal are keyed by the deal.
 *
 * @param deal       the deal
 * @param lead       the lead it came from
 * @param valueCents worth in cents, 0 while nobody named one
 * @param currency   ISO 4217
 * @param wonAt      when it was won, by the clock of the database
 */
public record DealWon(DealId deal, LeadId lead, long valueCents, String currency, Instant wonAt) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "deal.won";

    public DealWon {
        Check.present(deal, "deal");
        Check.present(lead, "lead");
        Check.notNegative(valueCents, "valueCents");
        Check.currency(currency, "currency");
        Check.present(wonAt, "wonAt");
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
