package io.centurions.capi.intake;

import io.centurions.capi.mapping.Milestone;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.LeadId;
import java.time.Instant;

/**
 * What another service told, in our terms.
 *
 * @param milestone how far the lead has come
 * @param lead      the lead
 * @param deal      the deal of a purchase, null before
 * @param at        when it happened
 */
public record Fact(Milestone milestone, LeadId lead, DealId deal, Instant at) {

    public static Fact of(Milestone milestone, LeadId lead, Instant at) {
        return new Fact(milestone, lead, null, at);
    }

    public static Fact purchase(LeadId lead, DealId deal, Instant at) {
        return new Fact(Milestone.PURCHASE, lead, deal, at);
    }

    /** What the conversion is unique for: a lead may buy more than once, one deal is one purchase. */
    Id subject() {
        return deal == null ? lead : deal;
    }
}
