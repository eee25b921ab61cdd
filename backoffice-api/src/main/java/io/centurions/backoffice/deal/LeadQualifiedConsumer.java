package io.centurions.backoffice.deal;

import io.centurions.contracts.lead.LeadQualified;
import io.centurions.platform.streams.Consumed;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Makes the deal of a qualified lead in the company's schema, with the briefing. One deal per lead and hand-off,
 * whatever is repeated; waits for the company's schema where provisioning is still on its way.
 */
@ApplicationScoped
class LeadQualifiedConsumer implements WorkConsumer<LeadQualified> {

    private final Database database;
    private final Consumed consumed;
    private final DealRepository deals;

    LeadQualifiedConsumer(Database database, Consumed consumed, DealRepository deals) {
        this.database = database;
        this.consumed = consumed;
        this.deals = deals;
    }

    @Override
    public Class<LeadQualified> event() {
        return LeadQualified.class;
    }

    @Override
    public Outcome handle(Received<LeadQualified> received) {
        return database.asCompany(received.company(), tx -> handOver(tx, received));
    }

    private Outcome handOver(Tx tx, Received<LeadQualified> received) {
        var fact = received.event();
        var schema = CompanySchema.of(tx);
        if (schema.isEmpty()) {
            return Outcome.later("the company has no schema yet");
        }
        var briefing = Briefing.of(tx, fact.lead().value(), fact.score());
        if (briefing.isEmpty()) {
            return Outcome.later("the lead is not there yet");
        }
        if (consumed.first(tx, received)) {
            deals.receiveLead(tx, schema.get(), fact.lead(), fact.handoff(), briefing.get());
        }
        return Outcome.done();
    }
}
