package io.centurions.chaos.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JudgeBusinessTest {

    private final Scene scene = Scene.right();

    @Test
    void a_qualified_lead_without_a_deal_is_found() {
        scene.leads.add(new Held.Lead("lead-2", "company", true));
        conversions("lead-2");

        assertThat(scene.broken()).containsExactly("conversations or leads twice", "deals missing");
    }

    @Test
    void a_lead_who_answered_everything_and_is_not_qualified_is_found() {
        scene.leads.set(0, new Held.Lead("lead", "company", false));
        assertThat(scene.broken()).isEmpty();

        scene.bubble(3, Scene.text("Perfeito, obrigado pelas respostas! [r12.2/2 #3-4]"));
        scene.arrived.set(
                3,
                new Outside.Arrived(
                        Scene.CHAT,
                        scene.bubbles.get(3).text(),
                        scene.arrived.get(3).at()));
        assertThat(scene.broken()).containsExactly("leads with every answer who are not qualified");
    }

    @Test
    void a_second_deal_of_a_lead_is_found() {
        scene.deals.add(new Held.Deal("deal-2", "company", "lead", "open"));

        assertThat(scene.broken()).containsExactly("deals twice");
    }

    @Test
    void an_acknowledged_contract_that_is_not_held_is_missing() {
        scene.contracts.clear();

        assertThat(scene.broken()).containsExactly("contracts missing");
    }

    @Test
    void a_signature_that_we_do_not_know_is_missing() {
        scene.contracts.set(0, new Held.Contract("contract", "company", "deal", "sent"));

        assertThat(scene.broken()).containsExactly("contracts missing");
    }

    @Test
    void a_signed_contract_whose_deal_is_not_won_is_found() {
        scene.deals.set(0, new Held.Deal("deal", "company", "lead", "open"));

        assertThat(scene.broken()).containsExactly("contracts missing");
    }

    @Test
    void a_lead_who_was_not_told_of_the_signature_or_told_twice_is_found() {
        scene.notices = 0;
        assertThat(scene.broken()).containsExactly("leads told of their signature not once");

        scene.notices = 2;
        assertThat(scene.broken()).containsExactly("leads told of their signature not once");
    }

    @Test
    void a_second_contract_or_document_is_found() {
        scene.contracts.add(new Held.Contract("contract-2", "company", "deal", "sent"));
        assertThat(scene.broken()).containsExactly("contracts twice");

        scene.contracts.removeLast();
        scene.signed.set(0, new Outside.Signed("company", "deal", "contract", true, 2));
        assertThat(scene.broken()).containsExactly("contracts twice");
    }

    @Test
    void a_signed_contract_without_a_document_is_missing() {
        scene.signed.set(0, new Outside.Signed("company", "deal", "contract", true, 0));

        assertThat(scene.broken()).containsExactly("contracts missing");
    }

    @Test
    void a_conversion_that_was_never_recorded_sent_or_received_is_missing() {
        Held.Conversion purchase = scene.conversions.removeLast();
        Outside.AtMeta received = scene.atMeta.removeLast();
        assertThat(scene.broken()).containsExactly("conversions missing");

        scene.conversions.add(purchase);
        assertThat(scene.broken()).containsExactly("conversions missing");

        scene.atMeta.add(received);
        scene.conversions.set(
                2, new Held.Conversion("company", "purchase", "lead", "deal", "purchase", "event-purchase", "pending"));
        assertThat(scene.broken()).containsExactly("conversions missing");
    }

    @Test
    void a_second_conversion_is_found_and_a_repeated_post_of_the_same_one_only_told() {
        scene.atMeta.set(0, new Outside.AtMeta("lead", "event-lead", 3));
        assertThat(scene.broken()).isEmpty();

        scene.conversions.add(new Held.Conversion("company", "lead", "lead", null, "lead", "event-2", "sent"));
        scene.atMeta.add(new Outside.AtMeta("lead", "event-2", 1));
        assertThat(scene.broken()).containsExactly("conversions twice");
    }

    @Test
    void a_conversion_at_meta_that_nobody_recorded_is_found() {
        scene.atMeta.add(new Outside.AtMeta("lead", "event-of-nobody", 1));

        assertThat(scene.broken()).containsExactly("conversions twice");
    }

    @Test
    void a_parked_event_a_refused_row_and_a_refusal_at_the_sales_desk_break_the_promise() {
        scene.parked.add("runtime: lead.qualified");
        scene.refusedRows.add("capi: 7 conversion.sent");
        scene.refused.add("deal d: 403");

        assertThat(scene.broken()).containsExactly("events parked", "outbox rows refused", "sales desk refused");
    }

    private void conversions(String lead) {
        for (String milestone : new String[] {"lead", "qualified"}) {
            String id = milestone + lead;
            scene.conversions.add(new Held.Conversion("company", milestone, lead, null, milestone, id, "sent"));
            scene.atMeta.add(new Outside.AtMeta(milestone, id, 1));
        }
    }
}
