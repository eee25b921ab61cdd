package io.centurions.runtime.qualify;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.MessageId;
import io.centurions.runtime.think.CenturionConfig;
import io.centurions.runtime.think.CenturionConfig.Criterion;
import io.centurions.runtime.think.Thinking.Finding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssessmentTest {

    private static final MessageId SECOND = MessageId.random();
    private static final CenturionConfig CONFIG = config(
            new Criterion("orcamento", "?", 60, true),
            new Criterion("prazo", "?", 30, false),
            new Criterion("local", "?", 10, false));

    @Test
    void the_score_is_the_share_of_the_weights_that_are_met() {
        var assessed =
                assess(Map.of(), Map.of("orcamento", met("10 mil", 2L), "prazo", new Finding("nunca", false, 2L)));

        assertThat(assessed.score()).isEqualTo(60);
        assertThat(assessed.qualified()).isFalse();
        assertThat(assessed.evidence().get("orcamento")).isEqualTo(new Evidence("10 mil", true, SECOND));
    }

    @Test
    void enough_weight_with_every_required_criterion_qualifies() {
        assertThat(assess(Map.of(), Map.of("orcamento", met("10 mil", 2L), "local", met("aqui", 2L)))
                        .qualified())
                .isTrue();
    }

    @Test
    void a_missing_required_criterion_never_qualifies() {
        var strict = config(new Criterion("orcamento", "?", 10, true), new Criterion("prazo", "?", 90, false));

        var assessed = Assessment.of(strict, Map.of(), Map.of("prazo", met("já", 2L)), seq -> SECOND);

        assertThat(assessed.score()).isEqualTo(90);
        assertThat(assessed.qualified()).isFalse();
    }

    @Test
    void earlier_evidence_stays_and_is_overruled_only_by_a_newer_finding() {
        Map<String, Evidence> before = Map.of("orcamento", new Evidence("5 mil", true, SECOND));

        assertThat(assess(before, Map.of()).score()).isEqualTo(60);
        assertThat(assess(before, Map.of("orcamento", new Finding("desisti", false, null)))
                        .score())
                .isZero();
        assertThat(assess(before, Map.of("orcamento", met("5 mil", null)))
                        .evidence()
                        .get("orcamento")
                        .message())
                .isEqualTo(SECOND);
    }

    @Test
    void criteria_that_are_no_longer_asked_do_not_count() {
        assertThat(assess(Map.of("antigo", new Evidence("sim", true, null)), Map.of())
                        .evidence())
                .isEmpty();
    }

    @Test
    void nobody_is_qualified_by_a_configuration_without_criteria() {
        assertThat(Assessment.of(config(), Map.of(), Map.of(), seq -> null).qualified())
                .isFalse();
    }

    private static Assessment assess(Map<String, Evidence> before, Map<String, Finding> found) {
        return Assessment.of(CONFIG, before, found, seq -> SECOND);
    }

    private static Finding met(String answer, Long message) {
        return new Finding(answer, true, message);
    }

    private static CenturionConfig config(Criterion... criteria) {
        return new CenturionConfig(
                1,
                "",
                "pt-BR",
                new CenturionConfig.ModelChoice(CenturionConfig.Provider.OPENAI, null, null, null, 0),
                List.of(criteria),
                70,
                new CenturionConfig.Typing(18, 1, 2));
    }
}
