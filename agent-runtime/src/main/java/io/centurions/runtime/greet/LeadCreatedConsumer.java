package io.centurions.runtime.greet;

import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.lead.LeadSource;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import io.centurions.platform.streams.WorkConsumer;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * A lead came in. Only one that left a form, and whom we can reach, is written to; the others wrote themselves. Repeats find the
 * turn of this lead in the books.
 */
@ApplicationScoped
class LeadCreatedConsumer implements WorkConsumer<LeadCreated> {

    private final GreetFormLead greet;
    private final GreetingPlaces places = new GreetingPlaces();

    LeadCreatedConsumer(GreetFormLead greet) {
        this.greet = greet;
    }

    @Override
    public Class<LeadCreated> event() {
        return LeadCreated.class;
    }

    @Override
    public Outcome handle(Received<LeadCreated> received) {
        LeadCreated created = received.event();
        if (created.source() != LeadSource.FORM || created.conversation() == null) {
            return Outcome.done();
        }
        if (!places.take(received.company())) {
            return Outcome.later("greeting waits its turn");
        }
        try {
            return greet(received, created);
        } finally {
            places.giveBack(received.company());
        }
    }

    private Outcome greet(Received<LeadCreated> received, LeadCreated created) {
        return switch (greet.greet(
                received.company(), received.envelope().id(), created.lead(), created.conversation())) {
            case GreetFormLead.Result.Done done -> Outcome.done();
            case GreetFormLead.Result.NotYet(String why) -> Outcome.later(why);
        };
    }
}
