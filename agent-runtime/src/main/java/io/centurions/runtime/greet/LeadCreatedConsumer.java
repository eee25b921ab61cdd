package io.centurions.runtime.greet;

import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.lead.LeadSource;
import io.centurions.platform.loops.Places;
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

    // A greeting holds one of the places in which all events of this replica are handled for as long as its model
    // takes:
    // so one company has few of them, and all greetings together no more than half.
    static final int OF_A_COMPANY = 8;
    static final int OF_ALL = 32;

    private final GreetFormLead greet;
    private final Places places = new Places(OF_ALL, OF_A_COMPANY);

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
        if (!places.tryEnter(received.company())) {
            return Outcome.later("greeting waits its turn");
        }
        try {
            return greet(received, created);
        } finally {
            places.leave(received.company());
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
