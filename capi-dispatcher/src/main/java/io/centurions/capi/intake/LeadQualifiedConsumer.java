package io.centurions.capi.intake;

import io.centurions.capi.mapping.Milestone;
import io.centurions.contracts.lead.LeadQualified;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/** A qualified lead is told once, however often it is handed over. */
@ApplicationScoped
class LeadQualifiedConsumer implements WorkConsumer<LeadQualified> {

    private final RecordConversion recordConversion;

    LeadQualifiedConsumer(RecordConversion recordConversion) {
        this.recordConversion = recordConversion;
    }

    @Override
    public Class<LeadQualified> event() {
        return LeadQualified.class;
    }

    @Override
    public Outcome handle(Received<LeadQualified> received) {
        return recordConversion.record(
                received.envelope(),
                Fact.of(
                        Milestone.QUALIFIED,
                        received.event().lead(),
                        received.envelope().occurredAt()));
    }
}
