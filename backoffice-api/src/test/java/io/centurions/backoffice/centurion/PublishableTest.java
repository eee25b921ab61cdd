package io.centurions.backoffice.centurion;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.setting.Finding;
import io.centurions.backoffice.setting.WeeklyHours;
import io.centurions.backoffice.setting.WeeklyHours.Opening;
import io.centurions.contracts.id.CompanyId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishableTest {

    private static final CenturionConfig.Criterion BUDGET =
            new CenturionConfig.Criterion("orcamento", "Qual é o seu orçamento?", 40, true);

    @Test
    void a_complete_draft_has_no_faults() {
        assertThat(Publishable.findings(config("Você é a Bia.", List.of(BUDGET))))
                .isEmpty();
    }

    @Test
    void what_is_left_out_has_the_default_that_the_runtime_reads() {
        var config = config("Você é a Bia.", List.of(BUDGET));

        assertThat(config.language()).isEqualTo("pt-BR");
        assertThat(config.qualifyAt()).isEqualTo(70);
        assertThat(config.model().provider()).isEqualTo("openai");
        assertThat(config.debounce().quietMs()).isEqualTo(4_000);
        assertThat(config.pace().charsPerSecond()).isEqualTo(18);
    }

    @Test
    void each_fault_is_named_with_its_place() {
        var twice = new CenturionConfig(
                " ",
                null,
                null,
                List.of(BUDGET, BUDGET),
                null,
                new CenturionConfig.Debounce(5_000, 1_000),
                new CenturionConfig.Pace(10, 900, 100),
                null,
                new WeeklyHours("Brasil", List.of(new Opening("monday", "18:00", "09:00"))),
                null,
                List.of(new CenturionConfig.Intent("preco", "a"), new CenturionConfig.Intent("preco", "b")));

        assertThat(Publishable.findings(twice))
                .extracting(Finding::pointer)
                .containsExactly(
                        "/prompt",
                        "/criteria/1/key",
                        "/debounce/longestMs",
                        "/pace/longestMs",
                        "/businessHours/timeZone",
                        "/businessHours/openings/0/to",
                        "/handoverIntents/1/key");
    }

    @Test
    void without_a_weighted_criterion_nobody_could_be_qualified() {
        assertThat(Publishable.findings(config("Bia", List.of()))).hasSize(1);
        assertThat(Publishable.findings(config("Bia", List.of(new CenturionConfig.Criterion("a", "b?", 0, false)))))
                .hasSize(1);
    }

    @Test
    void a_key_in_the_vault_lies_in_the_part_of_the_company_that_publishes() {
        var company = CompanyId.random();

        assertThat(Publishable.findings(company, withKey("vault:companies/" + company + "/openai#key")))
                .isEmpty();
        assertThat(Publishable.findings(company, withKey("env:OPENAI_API_KEY"))).isEmpty();
        assertThat(Publishable.findings(company, withKey("vault:companies/" + CompanyId.random() + "/openai#key")))
                .extracting(Finding::pointer)
                .containsExactly("/model/apiKey");
    }

    private static CenturionConfig withKey(String reference) {
        var model = new CenturionConfig.Model(null, null, null, reference, null, null, null);
        return new CenturionConfig(
                "Você é a Bia.", null, model, List.of(BUDGET), null, null, null, null, null, null, null);
    }

    private static CenturionConfig config(String prompt, List<CenturionConfig.Criterion> criteria) {
        return new CenturionConfig(prompt, null, null, criteria, null, null, null, null, null, null, null);
    }
}
