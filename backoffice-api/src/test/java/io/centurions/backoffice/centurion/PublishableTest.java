package io.centurions.backoffice.centurion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublishableTest {

    private static final CenturionConfig.Criterion BUDGET =
            new CenturionConfig.Criterion("orcamento", "Qual é o seu orçamento?", 40, true);

    @Test
    void a_complete_draft_has_no_faults() {
        assertThat(Publishable.faults(config("Você é a Bia.", List.of(BUDGET)))).isEmpty();
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
    void each_fault_is_named() {
        var twice = new CenturionConfig(
                " ",
                null,
                null,
                List.of(BUDGET, BUDGET),
                null,
                new CenturionConfig.Debounce(5_000, 1_000),
                new CenturionConfig.Pace(10, 900, 100));

        assertThat(Publishable.faults(twice))
                .hasSize(4)
                .anyMatch(fault -> fault.contains("prompt"))
                .anyMatch(fault -> fault.contains("orcamento is there twice"))
                .anyMatch(fault -> fault.contains("debounce"))
                .anyMatch(fault -> fault.contains("pace"));
    }

    @Test
    void without_a_weighted_criterion_nobody_could_be_qualified() {
        assertThat(Publishable.faults(config("Bia", List.of()))).hasSize(1);
        assertThat(Publishable.faults(config("Bia", List.of(new CenturionConfig.Criterion("a", "b?", 0, false)))))
                .hasSize(1);
    }

    private static CenturionConfig config(String prompt, List<CenturionConfig.Criterion> criteria) {
        return new CenturionConfig(prompt, null, null, criteria, null, null, null);
    }
}
