package io.centurions.capi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.capi.mapping.EventKey;
import io.centurions.contracts.Envelope;
import io.centurions.contracts.Groups;
import io.centurions.contracts.Streams;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.conversion.ConversionDispatched;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.ContractId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.lead.LeadQualified;
import io.centurions.contracts.lead.LeadSource;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Facts in by the streams, events out at Meta. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class ConversionFlowIT {

    @Inject
    RedisDataSource redis;

    @Test
    void a_lead_of_an_ad_is_told_three_times_once_each() {
        var world = World.withPixel(redis);
        LeadId lead = world.adLead();
        DealId deal = DealId.random();
        world.mirror(deal, lead, 250_000);

        world.tell(created(lead, LeadSource.WHATSAPP_AD));
        world.tell(qualified(lead));
        world.tell(signed(lead, deal));
        World.patiently().until(() -> world.announced().size() == 3);

        assertThat(world.postedNames()).containsExactlyInAnyOrder("LeadSubmitted", "QualifiedLead", "Purchase");
        JsonNode purchase = posted(world, "Purchase");
        assertThat(purchase.get("action_source").textValue()).isEqualTo("business_messaging");
        assertThat(purchase.get("messaging_channel").textValue()).isEqualTo("whatsapp");
        assertThat(purchase.get("event_id").textValue())
                .isEqualTo(EventKey.of(world.company, deal, "Purchase").toString());
        assertThat(purchase.get("custom_data").get("value").decimalValue()).isEqualByComparingTo("2500.00");
        assertThat(purchase.get("user_data").get("ctwa_clid").textValue()).isEqualTo("ARA0demo-ClickId_0001");
        assertThat(purchase.get("user_data").get("ph").get(0).textValue())
                .isEqualTo("fde042094c292fe26c1752aa7760e8090d8dbc01a0f464054c0da6b72d18e8ad");
        assertThat(world.rows()).extracting(row -> row.get("status")).containsOnly("sent");
    }

    @Test
    void what_was_sent_is_announced_on_the_stream_under_the_trace_of_its_fact() {
        var world = World.withPixel(redis);
        LeadId lead = world.adLead();

        Envelope fact = world.tell(created(lead, LeadSource.WHATSAPP_AD));

        World.patiently().until(() -> dispatchedOf(world).size() == 1);
        JsonNode envelope = dispatchedOf(world).getFirst();
        assertThat(envelope.get("producer").textValue()).isEqualTo(Groups.CAPI_DISPATCHER);
        assertThat(envelope.get("correlationId").textValue())
                .isEqualTo(fact.correlationId().toString());
        assertThat(envelope.get("causationId").textValue()).isEqualTo(fact.id().toString());
        JsonNode told = world.announced().getFirst();
        assertThat(told.get("outcome").textValue()).isEqualTo("SENT");
        assertThat(told.get("lead").textValue()).isEqualTo(lead.toString());
    }

    @Test
    void a_repeat_changes_nothing() {
        var world = World.withPixel(redis);
        LeadId lead = world.adLead();
        LeadCreated fact = created(lead, LeadSource.WHATSAPP_AD);
        Envelope envelope = world.tell(fact);
        world.awaitStatus("LeadSubmitted", "sent");

        world.repeat(envelope, fact);
        world.tell(fact);
        world.tell(qualified(lead));
        world.awaitStatus("QualifiedLead", "sent");
        World.patiently()
                .during(Duration.ofMillis(600))
                .until(() -> world.rows().size() == 2);

        assertThat(world.postedNames()).containsExactly("LeadSubmitted", "QualifiedLead");
    }

    @Test
    void a_deal_that_was_won_is_no_second_purchase_when_it_is_signed() {
        var world = World.withPixel(redis);
        LeadId lead = world.adLead();
        DealId deal = DealId.random();
        world.mirror(deal, lead, 90_000);

        world.tell(won(lead, deal));
        world.awaitStatus("Purchase", "sent");
        world.tell(signed(lead, deal));

        World.patiently()
                .during(Duration.ofMillis(600))
                .until(() -> world.rows().size() == 1);
        assertThat(world.postedNames()).containsExactly("Purchase");
    }

    @Test
    void a_deal_that_was_signed_is_no_second_purchase_when_it_is_won() {
        var world = World.withPixel(redis);
        LeadId lead = world.adLead();
        DealId deal = DealId.random();
        world.mirror(deal, lead, 90_000);

        world.tell(signed(lead, deal));
        world.awaitStatus("Purchase", "sent");
        world.tell(won(lead, deal));

        World.patiently()
                .during(Duration.ofMillis(600))
                .until(() -> world.rows().size() == 1);
        assertThat(world.postedNames()).containsExactly("Purchase");
    }

    @Test
    void a_signature_waits_for_its_deal_to_be_mirrored() {
        var world = World.withPixel(redis);
        LeadId lead = world.adLead();
        DealId deal = DealId.random();

        world.tell(signed(lead, deal));
        World.patiently()
                .during(Duration.ofMillis(500))
                .until(() -> world.rows().isEmpty());
        world.mirror(deal, lead, 120_000);

        World.patiently().until(() -> world.rows().size() == 1);
        world.awaitStatus("Purchase", "sent");
        assertThat(posted(world, "Purchase").get("custom_data").get("value").decimalValue())
                .isEqualByComparingTo("1200.00");
    }

    @Test
    void a_lead_of_a_form_is_told_under_the_names_of_the_web() {
        var world = World.withPixel(redis);
        LeadId lead = world.lead("form", """
                {"page_url": "https://loja.example/contato", "user_agent": "Mozilla/5.0 Demo",
                 "client_ip": "192.0.2.10", "fbclid": "IwAR0demo", "fbp": "fb.1.1795000000000.123456789"}
                """);

        world.tell(created(lead, LeadSource.FORM));
        world.tell(qualified(lead));
        World.patiently().until(() -> world.announced().size() == 2);

        assertThat(world.postedNames()).containsExactlyInAnyOrder("Lead", "CompleteRegistration");
        JsonNode event = posted(world, "Lead");
        assertThat(event.get("action_source").textValue()).isEqualTo("website");
        assertThat(event.get("event_source_url").textValue()).isEqualTo("https://loja.example/contato");
        assertThat(event.get("user_data").get("fbc").textValue()).matches("fb\\.1\\.\\d{13}\\.IwAR0demo");
    }

    @Test
    void a_lead_of_telegram_is_a_record_of_ours() {
        var world = World.withPixel(redis);
        LeadId lead = world.lead("telegram", "{}");

        world.tell(created(lead, LeadSource.TELEGRAM));
        World.patiently().until(() -> world.announced().size() == 1);

        assertThat(posted(world, "Lead").get("action_source").textValue()).isEqualTo("system_generated");
    }

    @Test
    void an_ad_lead_without_business_account_or_page_keeps_the_reason() {
        var world = World.withPixel(redis, null, null);
        LeadId lead = world.adLead();

        world.tell(created(lead, LeadSource.WHATSAPP_AD));
        World.patiently().until(() -> world.announced().size() == 1);

        assertThat(world.row("LeadSubmitted"))
                .containsEntry("action_source", "system_generated")
                .containsEntry("route_reason", "no_waba_or_page")
                .containsEntry("status", "sent");
    }

    @Test
    void a_company_without_a_pixel_sees_why_nothing_was_sent() {
        var world = World.withoutPixel(redis);
        LeadId lead = world.adLead();

        world.tell(created(lead, LeadSource.WHATSAPP_AD));
        World.patiently().until(() -> world.announced().size() == 1);

        assertThat(world.rows().getFirst()).containsEntry("status", "skipped").containsEntry("reason", "no_pixel");
        assertThat(world.announced().getFirst().get("outcome").textValue()).isEqualTo("SKIPPED");
        assertThat(world.calls()).isEmpty();
    }

    @Test
    void of_an_erased_person_nothing_more_is_told() {
        var world = World.withPixel(redis);
        world.status("suspended");
        LeadId lead = world.adLead();
        world.tell(created(lead, LeadSource.WHATSAPP_AD));
        World.patiently().until(() -> world.rows().size() == 1);

        world.tell(new PersonErased(lead));
        World.patiently().until(() -> world.announced().size() == 1);

        assertThat(world.rows().getFirst()).containsEntry("status", "skipped").containsEntry("reason", "person_erased");
    }

    private static JsonNode posted(World world, String name) {
        return world.posted().stream()
                .filter(event -> event.get("event_name").textValue().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> dispatchedOf(World world) {
        return redis.stream(String.class)
                .xrange(Streams.key(ConversionDispatched.TYPE), StreamRange.of("-", "+"))
                .stream()
                .map(message -> message.payload().get(Streams.ENVELOPE))
                .map(Fixtures::json)
                .filter(envelope -> envelope.get("company").textValue().equals(world.company.toString()))
                .toList();
    }

    private static LeadCreated created(LeadId lead, LeadSource source) {
        return new LeadCreated(lead, source, null);
    }

    private static LeadQualified qualified(LeadId lead) {
        return new LeadQualified(lead, ConversationId.random(), HandoffId.random(), 85);
    }

    private static ContractSigned signed(LeadId lead, DealId deal) {
        return new ContractSigned(ContractId.random(), deal, lead, Instant.now());
    }

    private static DealWon won(LeadId lead, DealId deal) {
        return new DealWon(deal, lead, 90_000, "BRL", Instant.now());
    }
}
