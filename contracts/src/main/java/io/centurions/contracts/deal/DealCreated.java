package io.centurions.contracts.deal;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.LeadId;

/**
 * A deal was born in a company's schema.
 *
 * <p>Written by the schema's trigger, in the transaction that inserted the deal. At least once: a repeat has the
 * same event id.
 *
 * @param deal       the deal
 * @param lead       the lead it came from; there is no deal without one
 * @param valueCents worth in cents, 0 while nobody named one
 * @param currency   ISO 4217
 */
public record DealCreated(DealId deal, LeadId lead, long valueCents, String currency) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "deal.created";

    public DealCreated {
        Check.present(deal, "deal");
        Check.present(lead, "lead");
        Check.notNegative(valueCents, "valueCents");
        Check.currency(currency, "currency");
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
