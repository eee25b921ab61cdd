package io.centurions.autentique.contract;

import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.tenancy.Trace;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A contract as a row, as far as rules need it.
 *
 * @param name            the template's at the time; the document is called so
 * @param fields          what is filled into the template
 * @param deadlineAt      null without a deadline
 * @param version         grows with each state
 * @param documentId      the provider's; null until bound
 * @param cancelRequested somebody wants it withdrawn
 * @param notices         how many notices had come when it was read
 * @param attempts        calls since the last step that succeeded, this one included
 * @param trace           of the request that opened it; the loop goes on under it
 * @param createdAt       the database's clock
 */
public record Contract(
        ContractId id,
        DealId deal,
        LeadId lead,
        UUID template,
        String name,
        Map<String, String> fields,
        Instant deadlineAt,
        ContractState state,
        long version,
        String documentId,
        boolean cancelRequested,
        long notices,
        int attempts,
        Trace trace,
        Instant createdAt) {

    public Contract {
        fields = Map.copyOf(fields);
    }

    /** The document's name at the provider carries our id, by which it is found when the answer to its making was lost. */
    public String documentName() {
        return name + " " + reference();
    }

    /** The part of the document's name that is ours alone. */
    public String reference() {
        return "[" + id.value() + "]";
    }
}
