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
import org.junit.jupiter.api.Test;

class LeadCreatedConsumerTest {

    private final CompanyId company = CompanyId.random();
    private final List<Outcome> meanwhile = new ArrayList<>();
    private LeadCreatedConsumer nested;
    private int greeting;

    @Test
    void a_company_with_a_slow_model_holds_few_places_and_gives_them_back() {
        LeadCreatedConsumer consumer = new LeadCreatedConsumer(new Nested());

        // Each greeting lasts until the next lead has been answered.
        nested = consumer;
        assertThat(consumer.handle(lead(company))).isEqualTo(Outcome.done());
        assertThat(greeting).isEqualTo(GreetingPlaces.OF_A_COMPANY);
        assertThat(meanwhile).contains(Outcome.later("greeting waits its turn"));

        nested = null;
        assertThat(consumer.handle(lead(company))).isEqualTo(Outcome.done());
    }

    @Test
    void all_companies_together_leave_places_to_other_events() {
        GreetingPlaces places = new GreetingPlaces();
        for (int taken = 0; taken < GreetingPlaces.OF_ALL; taken++) {
            assertThat(places.take(CompanyId.random())).isTrue();
        }

        assertThat(places.take(company)).isFalse();
    }

    @Test
    void four_slow_companies_leave_places_to_a_fifth() {
        GreetingPlaces places = new GreetingPlaces();
        for (int slow = 0; slow < 4; slow++) {
            takeAll(places, CompanyId.random());
        }

        assertThat(takeAll(places, company)).isPositive();
    }

    @Test
    void a_place_that_is_given_back_goes_to_a_company_that_has_none() {
        GreetingPlaces places = new GreetingPlaces();
        CompanyId first = CompanyId.random();
        takeAll(places, first);
        while (takeAll(places, CompanyId.random()) > 0) {
            assertThat(places.take(first)).isFalse();
        }

        places.giveBack(first);

        assertThat(places.take(first)).isFalse();
        assertThat(places.take(company)).isTrue();
    }

    private static int takeAll(GreetingPlaces places, CompanyId company) {
        int taken = 0;
        while (places.take(company)) {
            taken++;
        }
        return taken;
    }

    private final class Nested extends GreetFormLead {

        Nested() {
            super(null, null, null, null, null);
        }

        @Override
        public Result greet(CompanyId of, EventId submission, LeadId lead, ConversationId conversation) {
            greeting++;
            if (nested != null) {
                meanwhile.add(nested.handle(lead(of)));
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
