package io.centurions.contracts.contract;

import io.centurions.contracts.Check;
import io.centurions.contracts.Event;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.Id;
import io.centurions.contracts.id.LeadId;
import java.time.Instant;

/**
 * The time to sign is over.
 *
 * <p>Written once per contract, never after it was signed. At least once: a repeat has the same event id. The deal
 * may be mirrored later than this event arrives: then it is taken again later.
 *
 * @param contract the contract
 * @param deal     the deal it closes
 * @param lead     the lead of that deal
 * @param at       when it happened, by the provider's clock where it tells, else by ours
 */
public record ContractExpired(ContractId contract, DealId deal, LeadId lead, Instant at) implements Event {

    /** Wire name; the version travels in the envelope. */
    public static final String TYPE = "contract.expired";

    public ContractExpired {
        Check.present(contract, "contract");
        Check.present(deal, "deal");
        Check.present(lead, "lead");
        Check.present(at, "at");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Id subject() {
        return contract;
    }
}
