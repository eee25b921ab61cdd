package io.centurions.runtime.think;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.runtime.think.CenturionConfig.Criterion;
import io.centurions.runtime.think.Thinking.Finding;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParseOutcomeTest {

    private static final List<Criterion> CRITERIA =
            List.of(new Criterion("orcamento", "Qual é o seu orçamento?", 60, true));

    @Test
    void a_reply_has_bubbles_and_findings() {
        var parsed = parse("""
                {"outcome":"reply","reason":"x","bubbles":["Oi!"," "],"criteria":{"orcamento":{"answer":"10 mil","met":true,"message":2}}}
                """).orElseThrow();

        assertThat(parsed.outcome()).isEqualTo(new Outcome.Reply(List.of("Oi!")));
        assertThat(parsed.criteria()).containsEntry("orcamento", new Finding("10 mil", true, 2L));
    }

    @Test
    void what_was_not_found_is_absent() {
        var parsed = parse("""
                {"outcome":"silence","reason":"x","bubbles":[],"criteria":{"orcamento":{"answer":null,"met":null,"message":null}}}
                """).orElseThrow();

        assertThat(parsed.outcome()).isEqualTo(new Outcome.Silence());
        assertThat(parsed.criteria()).isEmpty();
    }

    @Test
    void evidence_that_does_not_exist_is_dropped() {
        var parsed = parse("""
                {"outcome":"handover","bubbles":["Chamo alguém."],"criteria":{"orcamento":{"answer":"sim","met":true,"message":99},"other":{"met":true}}}
                """).orElseThrow();

        assertThat(parsed.outcome()).isEqualTo(new Outcome.HandOver(List.of("Chamo alguém.")));
        assertThat(parsed.criteria()).containsOnlyKeys("orcamento");
        assertThat(parsed.criteria().get("orcamento").message()).isNull();
    }

    @Test
    void a_markdown_fence_is_taken_off() {
        assertThat(parse("```json\n{\"outcome\":\"disqualify\",\"bubbles\":[]}\n```"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Olá! Como posso ajudar?",
                "{\"outcome\":\"reply\",\"bubbles\":[]}",
                "{\"outcome\":\"reply\",\"bubbles\":\"Oi\"}",
                "{\"outcome\":\"sell\",\"bubbles\":[\"Oi\"]}",
                "{\"outcome\":\"reply\",\"bubbles\":[\"Oi\"",
                "null",
                "[]"
            })
    void anything_else_is_no_outcome(String text) {
        assertThat(parse(text)).isEmpty();
    }

    @Test
    void a_refusal_without_text_is_no_outcome() {
        assertThat(parse(null)).isEmpty();
    }

    private static Optional<ParseOutcome.Parsed> parse(String text) {
        return ParseOutcome.parse(new ObjectMapper(), text, CRITERIA, 3);
    }
}
