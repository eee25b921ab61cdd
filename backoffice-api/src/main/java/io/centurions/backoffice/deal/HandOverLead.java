package io.centurions.backoffice.deal;

import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Makes the deal of a qualified lead in the company's schema, with its briefing: one deal per lead and hand-off, whatever is repeated. */
@ApplicationScoped
public class HandOverLead {

    private final DealRepository deals;

    HandOverLead(DealRepository deals) {
        this.deals = deals;
    }

    /** A lead that is to become a deal. */
    public record Qualified(LeadId lead, HandoffId handoff, int score) {}

    /** Nothing happens while the company has no schema yet, or the lead cannot be seen. */
    public void handOver(Tx tx, Qualified qualified) {
        handOverIf(() -> true, tx, qualified);
    }

    /** For a lead of whom the index knows no deal: where there is one all the same the index gets it back, and none is made. */
    public void mend(Tx tx, Qualified qualified) {
        boolean found = CompanySchema.of(tx)
                .filter(schema -> deals.mirror(tx, schema, qualified.lead()) > 0)
                .isPresent();
        if (!found) {
            handOver(tx, qualified);
        }
    }

    /**
     * @param wanted asked once everything is there, just before the deal is made
     * @return what is still missing; empty when nothing is
     */
    Optional<String> handOverIf(BooleanSupplier wanted, Tx tx, Qualified qualified) {
        var schema = CompanySchema.of(tx);
        if (schema.isEmpty()) {
            return Optional.of("the company has no schema yet");
        }
        Optional<JsonObject> briefing = Briefing.of(tx, qualified.lead().value(), qualified.score());
        if (briefing.isEmpty()) {
            return Optional.of("the lead is not there yet");
        }
        if (wanted.getAsBoolean()) {
            deals.receiveLead(tx, schema.get(), qualified.lead(), qualified.handoff(), briefing.get());
        }
        return Optional.empty();
    }
}
