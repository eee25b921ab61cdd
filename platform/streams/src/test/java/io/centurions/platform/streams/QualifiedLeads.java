package io.centurions.platform.streams;

import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadQualified;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A consumer of a stream that another service works on too. */
@ApplicationScoped
class QualifiedLeads implements WorkConsumer<LeadQualified> {

    private final Set<LeadId> seen = ConcurrentHashMap.newKeySet();

    @Override
    public Class<LeadQualified> event() {
        return LeadQualified.class;
    }

    @Override
    public Outcome handle(Received<LeadQualified> received) {
        seen.add(received.event().lead());
        return Outcome.done();
    }

    boolean saw(LeadId lead) {
        return seen.contains(lead);
    }
}
