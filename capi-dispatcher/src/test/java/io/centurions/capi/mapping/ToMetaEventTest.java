package io.centurions.capi.mapping;

import static io.centurions.capi.Fixtures.WITH_PAGE;
import static io.centurions.capi.Fixtures.WITH_WABA;
import static io.centurions.capi.Fixtures.adClick;
import static io.centurions.capi.Fixtures.formClick;
import static io.centurions.capi.Fixtures.lead;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.capi.Fixtures;
import io.centurions.contracts.id.ConversionId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.lead.LeadSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ToMetaEventTest {

    private static final Instant FACT = Instant.ofEpochSecond(1_795_162_400L);

    @Test
    void a_purchase_after_an_ad_click_looks_like_the_captured_one() {
        Lead lead = lead(LeadSource.WHATSAPP_AD, adClick());

        JsonNode event = json(purchase(lead, ActionSource.BUSINESS_MESSAGING), lead, WITH_WABA);

        JsonNode captured = captured("post-business-messaging-purchase.json");
        for (String field : List.of("event_name", "event_time", "action_source", "messaging_channel")) {
            assertThat(event.get(field)).as(field).isEqualTo(captured.get(field));
        }
        for (String field : List.of("ctwa_clid", "whatsapp_business_account_id")) {
            assertThat(event.get("user_data").get(field))
                    .as(field)
                    .isEqualTo(captured.get("user_data").get(field));
        }
        assertThat(event.get("custom_data").get("value").decimalValue()).isEqualByComparingTo("350");
        assertThat(event.get("custom_data").get("currency").textValue()).isEqualTo("BRL");
        assertThat(names(event)).isEqualTo(sorted(names(captured)));
    }

    @Test
    void the_page_takes_the_place_of_the_business_account() {
        Lead lead = lead(LeadSource.WHATSAPP_AD, adClick());

        JsonNode user = json(purchase(lead, ActionSource.BUSINESS_MESSAGING), lead, WITH_PAGE)
                .get("user_data");

        assertThat(user.get("page_id").textValue()).isEqualTo("p-9");
        assertThat(user.has("whatsapp_business_account_id")).isFalse();
    }

    @Test
    void a_lead_of_a_form_looks_like_the_captured_one() {
        Lead lead = lead(LeadSource.FORM, formClick("https://loja.example/contato?utm_source=fb", "Mozilla/5.0 Demo"));

        JsonNode event = json(conversion(lead, "Lead", ActionSource.WEBSITE), lead, WITH_WABA);

        JsonNode captured = captured("post-website-lead.json");
        for (String field : List.of("event_name", "event_time", "action_source", "event_source_url")) {
            assertThat(event.get(field)).as(field).isEqualTo(captured.get(field));
        }
        for (String field : List.of("em", "ph", "client_ip_address", "client_user_agent", "fbc", "fbp")) {
            assertThat(event.get("user_data").get(field))
                    .as(field)
                    .isEqualTo(captured.get("user_data").get(field));
        }
        assertThat(event.has("messaging_channel")).isFalse();
    }

    @Test
    void a_record_of_ours_says_so() {
        Lead lead = lead(LeadSource.TELEGRAM, Click.none());

        JsonNode event = json(conversion(lead, "QualifiedLead", ActionSource.SYSTEM_GENERATED), lead, WITH_WABA);

        assertThat(event.get("action_source").textValue()).isEqualTo("system_generated");
        assertThat(event.get("custom_data").get("event_source").textValue()).isEqualTo("crm");
        assertThat(event.get("custom_data").get("lead_event_source").textValue())
                .isEqualTo("Centurions");
        assertThat(event.get("user_data").has("whatsapp_business_account_id")).isFalse();
    }

    @Test
    void nothing_readable_of_a_person_is_in_an_event() {
        Lead lead = lead(LeadSource.WHATSAPP_AD, adClick());

        String event = json(purchase(lead, ActionSource.BUSINESS_MESSAGING), lead, WITH_WABA)
                .toString();

        assertThat(event.toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(
                        "maria", "silva", "98888", "cliente.example", lead.id().toString());
    }

    private static Conversion purchase(Lead lead, ActionSource source) {
        return new Conversion(
                ConversionId.random(),
                Milestone.PURCHASE,
                lead.id(),
                DealId.random(),
                "Purchase",
                "d-1",
                UUID.randomUUID(),
                source,
                FACT,
                new Money(35_000, "BRL"));
    }

    private static Conversion conversion(Lead lead, String name, ActionSource source) {
        return new Conversion(
                ConversionId.random(),
                Milestone.LEAD,
                lead.id(),
                null,
                name,
                "d-1",
                UUID.randomUUID(),
                source,
                FACT,
                null);
    }

    private static JsonNode json(Conversion conversion, Lead lead, Pixel pixel) {
        try {
            return Fixtures.json(new ObjectMapper().writeValueAsString(ToMetaEvent.of(conversion, lead, pixel)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the event", e);
        }
    }

    private static JsonNode captured(String name) {
        return Fixtures.meta(name).get("request").get("body").get("data").get(0);
    }

    private static List<String> names(JsonNode event) {
        var names = new ArrayList<String>();
        event.fieldNames().forEachRemaining(names::add);
        return sorted(names);
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }
}
