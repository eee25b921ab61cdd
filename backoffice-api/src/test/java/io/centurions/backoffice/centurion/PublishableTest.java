package io.centurions.backoffice.centurion;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.setting.Finding;
import io.centurions.backoffice.setting.WeeklyHours;
import io.centurions.backoffice.setting.WeeklyHours.Opening;
import io.centurions.contracts.id.CompanyId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublishableTest {

    private static final CenturionConfig.Criterion BUDGET =
            new CenturionConfig.Criterion("orcamento", "Qual é o seu orçamento?", 40, true);

    private final CompanyId company = CompanyId.random();
    private final Publishable publishable = new Publishable(new Allowing(
            Set.of("OPENAI_API_KEY"), Optional.of(Set.of("APART_KEY")), Optional.of(Set.of("gpu-1.internal:8000"))));

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
        assertThat(faults("openai", null, "vault:companies/" + company + "/openai#key"))
                .isEmpty();
        assertThat(faults("openai", null, "env:OPENAI_API_KEY")).isEmpty();
        assertThat(faults("openai", null, "vault:companies/" + CompanyId.random() + "/openai#key"))
                .containsExactly("/model/apiKey");
    }

    @Test
    void what_the_runtime_would_refuse_each_time_is_not_published() {
        assertThat(faults("openai", null, "env:PATH")).containsExactly("/model/apiKey");
        assertThat(faults("openai", null, "file:/etc/passwd")).containsExactly("/model/apiKey");
        assertThat(faults("openai", "https://models.example/v1", "env:OPENAI_API_KEY"))
                .containsExactly("/model/apiKey");
        assertThat(faults("openai", "https://models.example/v1", "vault:companies/" + company + "/openai#key"))
                .containsExactly("/model/apiKey");
        for (String near : List.of(
                "http://models.example/v1",
                "https://127.0.0.1/v1",
                "https://169.254.169.254/",
                "https://localhost/v1")) {
            assertThat(faults("openai", near, null)).containsExactly("/model/baseUrl");
        }
    }

    @Test
    void what_the_installation_lists_or_set_apart_is_published() {
        assertThat(faults("anthropic", "https://models.example/v1", "env:APART_KEY"))
                .isEmpty();
        assertThat(faults("openai", "http://gpu-1.internal:8000/v1", null)).isEmpty();
        assertThat(faults("openai", "http://openai.internal/v1", null)).isEmpty();
        // It is sent no key, so it does not matter which is named.
        assertThat(faults("ollama", "http://ollama.internal:11434", "env:OLLAMA_API_KEY"))
                .isEmpty();
    }

    private List<String> faults(String provider, String baseUrl, String apiKey) {
        var model = new CenturionConfig.Model(provider, baseUrl, null, apiKey, null, null, null);
        var config = new CenturionConfig(
                "Você é a Bia.", null, model, List.of(BUDGET), null, null, null, null, null, null, null);
        return publishable.findings(company, config).stream()
                .map(Finding::pointer)
                .toList();
    }

    private record Allowing(
            Set<String> keyNames, Optional<Set<String>> keyNamesForTypedAddresses, Optional<Set<String>> allowedHosts)
            implements RuntimeModels {

        @Override
        public OpenAi openai() {
            return () -> URI.create("http://openai.internal/v1");
        }

        @Override
        public Ollama ollama() {
            return () -> URI.create("http://ollama.internal:11434");
        }
    }

    private static CenturionConfig config(String prompt, List<CenturionConfig.Criterion> criteria) {
        return new CenturionConfig(prompt, null, null, criteria, null, null, null, null, null, null, null);
    }
}
