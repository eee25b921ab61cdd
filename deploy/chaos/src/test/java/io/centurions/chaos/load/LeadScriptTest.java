package io.centurions.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.world.Company;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeadScriptTest {

    private static final List<Company> COMPANIES = List.of(company("a"), company("b"));

    @Test
    void the_same_seed_gives_the_same_leads() {
        List<LeadScript> leads = LeadScript.draw(7, 200, 90, COMPANIES);

        assertThat(LeadScript.draw(7, 200, 90, COMPANIES)).isEqualTo(leads);
        assertThat(LeadScript.draw(8, 200, 90, COMPANIES)).isNotEqualTo(leads);
    }

    @Test
    void leads_come_one_after_another_on_all_channels_and_each_has_a_chat_of_their_own() {
        List<LeadScript> leads = LeadScript.draw(7, 200, 90, COMPANIES);

        assertThat(leads).extracting(LeadScript::starts).isSorted();
        assertThat(leads.getLast().starts()).isLessThan(Duration.ofSeconds(90));
        assertThat(leads).extracting(LeadScript::chat).doesNotHaveDuplicates();
        assertThat(leads).extracting(lead -> lead.chat().channel()).contains("whatsapp", "instagram", "telegram");
        assertThat(leads).extracting(LeadScript::company).contains(COMPANIES.toArray(Company[]::new));
    }

    @Test
    void only_whatsapp_has_leads_of_forms_and_ads() {
        assertThat(LeadScript.draw(7, 400, 90, COMPANIES))
                .filteredOn(lead -> lead.isForm() || lead.isOfAd())
                .isNotEmpty()
                .allMatch(lead -> lead.chat().channel().equals("whatsapp"));
    }

    @Test
    void one_more_for_ten_is_taken_over_on_whatsapp_and_changes_nothing_for_the_others() {
        List<LeadScript> leads = LeadScript.draw(7, 200, 90, COMPANIES);

        List<LeadScript> taken = LeadScript.drawTaken(7, 200, 90, COMPANIES);

        assertThat(taken).hasSize(20).isEqualTo(LeadScript.drawTaken(7, 200, 90, COMPANIES));
        assertThat(LeadScript.draw(7, 200, 90, COMPANIES)).isEqualTo(leads);
        assertThat(taken)
                .allMatch(lead -> lead.chat().channel().equals("whatsapp")
                        && lead.chat().from().startsWith(LeadScript.TAKEN));
        assertThat(leads).noneMatch(lead -> lead.chat().from().startsWith(LeadScript.TAKEN));
        assertThat(Stream.concat(leads.stream(), taken.stream()))
                .extracting(LeadScript::number)
                .doesNotHaveDuplicates();
    }

    private static Company company(String id) {
        return new Company(
                id,
                Map.of("whatsapp", "w" + id, "instagram", "i" + id, "telegram", "t" + id),
                "form-" + id,
                "template");
    }
}
