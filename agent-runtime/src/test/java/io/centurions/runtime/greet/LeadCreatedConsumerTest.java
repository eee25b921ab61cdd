package io.centurions.runtime.greet;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.lead.LeadSource;
import io.centurions.platform.streams.Outcome;
import io.centurions.platform.streams.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LeadCreatedConsumerTest {

    private final CompanyId company = CompanyId.random();
    private final List<Outcome> meanwhile = new ArrayList<>();
    private LeadCreatedConsumer nested;
    private Supplier<CompanyId> next = () -> company;
    private int greeting;

    @Test
    void a_company_with_a_slow_model_holds_few_places_and_gives_them_back() {
        LeadCreatedConsumer consumer = new LeadCreatedConsumer(new Nested());

        // Each greeting lasts until the next lead has been answered.
        nested = consumer;
        assertThat(consumer.handle(lead(company))).isEqualTo(Outcome.done());
        assertThat(greeting).isEqualTo(LeadCreatedConsumer.OF_A_COMPANY);
        assertThat(meanwhile).contains(Outcome.later("greeting waits its turn"));

        nested = null;
        assertThat(consumer.handle(lead(company))).isEqualTo(Outcome.done());
    }

    @Test
    void all_companies_together_leave_places_to_other_events() {
        LeadCreatedConsumer consumer = new LeadCreatedConsumer(new Nested());
        next = CompanyId::random;

        nested = consumer;
        consumer.handle(lead(company));

        assertThat(greeting).isEqualTo(LeadCreatedConsumer.OF_ALL);
    }

    private final class Nested extends GreetFormLead {

        Nested() {
            super(null, null, null, null, null);
        }

        @Override
        public Result greet(CompanyId of, EventId submission, LeadId lead, ConversationId conversation) {
            greeting++;
            if (nested != null) {
                meanwhile.add(nested.handle(lead(next.get())));
            }
            return new Result.Done();
        }
    }

    private static Received<LeadCreated> lead(CompanyId company) {
        LeadCreated created = new LeadCreated(LeadId.random(), LeadSource.FORM, ConversationId.random());
        Envelope envelope = new Envelope(
                EventId.random(),
                created.type(),
                created.version(),
                company,
                created.subject().value(),
                created.seq(),
                Instant.now(),
                UUID.randomUUID(),
                null,
                null,
                "backoffice-api",
                false);
        return new Received<>(envelope, created);
    }
}
