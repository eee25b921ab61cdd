package io.centurions.backoffice.deal;

import io.centurions.contracts.lead.LeadQualified;
import io.centurions.platform.streams.Consumed;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Makes the deal of a qualified lead in the company's schema, with the briefing. One deal per lead and hand-off,
 * whatever is repeated; waits for the company's schema where provisioning is still on its way.
 */
@ApplicationScoped
class LeadQualifiedConsumer implements WorkConsumer<LeadQualified> {

    private final Database database;
    private final Consumed consumed;
    private final HandOverLead handOver;

    LeadQualifiedConsumer(Database database, Consumed consumed, HandOverLead handOver) {
        this.database = database;
        this.consumed = consumed;
        this.handOver = handOver;
    }

    @Override
    public Class<LeadQualified> event() {
        return LeadQualified.class;
    }

    @Override
    public Outcome handle(Received<LeadQualified> received) {
        var fact = received.event();
        var qualified = new HandOverLead.Qualified(fact.lead(), fact.handoff(), fact.score());
        return database.asCompany(
                received.company(),
                tx -> handOver.handOverIf(() -> consumed.first(tx, received), tx, qualified)
                        .map(Outcome::later)
                        .orElseGet(Outcome::done));
    }
}
