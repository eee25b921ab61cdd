package io.centurions.capi.mapping;

import static io.centurions.capi.Fixtures.BARE;
import static io.centurions.capi.Fixtures.WITH_PAGE;
import static io.centurions.capi.Fixtures.WITH_WABA;
import static io.centurions.capi.Fixtures.adClick;
import static io.centurions.capi.Fixtures.formClick;
import static io.centurions.capi.Fixtures.lead;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.lead.LeadSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouteTest {

    @Test
    void a_lead_of_a_whatsapp_ad_is_told_as_business_messaging() {
        Route route = Route.of(lead(LeadSource.WHATSAPP_AD, adClick()), WITH_WABA);

        assertThat(route.source()).isEqualTo(ActionSource.BUSINESS_MESSAGING);
        assertThat(names(route)).containsExactly("LeadSubmitted", "QualifiedLead", "Purchase");
        assertThat(route.reason()).isNull();
    }

    @Test
    void a_page_serves_where_there_is_no_business_account() {
        Route route = Route.of(lead(LeadSource.WHATSAPP_AD, adClick()), WITH_PAGE);

        assertThat(route.source()).isEqualTo(ActionSource.BUSINESS_MESSAGING);
    }

    @Test
    void with_neither_it_is_a_record_of_ours_and_the_reason_is_kept() {
        Route route = Route.of(lead(LeadSource.WHATSAPP_AD, adClick()), BARE);

        assertThat(route.source()).isEqualTo(ActionSource.SYSTEM_GENERATED);
        assertThat(route.reason()).isEqualTo("no_waba_or_page");
        assertThat(names(route)).containsExactly("LeadSubmitted", "QualifiedLead", "Purchase");
    }

    @Test
    void a_lead_of_a_form_is_told_as_website() {
        Route route = Route.of(lead(LeadSource.FORM, formClick("https://loja.example/contato", "Mozilla/5.0")), BARE);

        assertThat(route.source()).isEqualTo(ActionSource.WEBSITE);
        assertThat(names(route)).containsExactly("Lead", "CompleteRegistration", "Purchase");
    }

    @Test
    void a_form_without_page_or_browser_is_a_record_of_ours() {
        Route withoutPage = Route.of(lead(LeadSource.FORM, formClick(null, "Mozilla/5.0")), WITH_WABA);
        Route withoutBrowser = Route.of(lead(LeadSource.FORM, formClick("https://loja.example", null)), WITH_WABA);

        assertThat(withoutPage.reason()).isEqualTo("no_page_url");
        assertThat(withoutBrowser.reason()).isEqualTo("no_user_agent");
        assertThat(withoutPage.source()).isEqualTo(ActionSource.SYSTEM_GENERATED);
        assertThat(names(withoutPage)).containsExactly("Lead", "CompleteRegistration", "Purchase");
    }

    @ParameterizedTest
    @EnumSource(
            value = LeadSource.class,
            names = {"WHATSAPP", "WHATSAPP_AD", "INSTAGRAM", "TELEGRAM", "OTHER"})
    void a_lead_without_a_click_is_a_record_of_ours(LeadSource source) {
        Route route = Route.of(lead(source, Click.none()), WITH_WABA);

        assertThat(route.source()).isEqualTo(ActionSource.SYSTEM_GENERATED);
        assertThat(names(route)).containsExactly("Lead", "QualifiedLead", "Purchase");
        assertThat(route.reason()).isNull();
    }

    private static List<String> names(Route route) {
        return Stream.of(Milestone.values()).map(route::nameOf).toList();
    }
}
