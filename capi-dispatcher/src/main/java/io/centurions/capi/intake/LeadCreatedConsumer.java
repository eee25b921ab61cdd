package io.centurions.capi.intake;

import io.centurions.capi.mapping.Milestone;
import io.centurions.contracts.lead.LeadCreated;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/** A new lead is the first thing that Meta is told. */
@ApplicationScoped
class LeadCreatedConsumer implements WorkConsumer<LeadCreated> {

    private final RecordConversion recordConversion;

    LeadCreatedConsumer(RecordConversion recordConversion) {
        this.recordConversion = recordConversion;
    }

    @Override
    public Class<LeadCreated> event() {
        return LeadCreated.class;
    }

    @Override
    public Outcome handle(Received<LeadCreated> received) {
        return recordConversion.record(
                received.envelope(),
                Fact.of(
                        Milestone.LEAD,
                        received.event().lead(),
                        received.envelope().occurredAt()));
    }
}
