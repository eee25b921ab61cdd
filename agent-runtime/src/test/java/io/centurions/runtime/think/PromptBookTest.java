package io.centurions.runtime.think;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptBookTest {

    private static final String PUBLISHED = """
            {"prompt":"Você é a Ana, da Loja.","language":"pt-BR","model":{"provider":"openai","baseUrl":null,"name":"m","apiKey":null,"temperature":0.2},
             "criteria":[{"key":"orcamento","question":"Qual é o seu orçamento?","weight":40,"required":true},
                         {"key":"prazo","question":"Para quando?","weight":60,"required":false}],
             "qualifyAt":70,"pace":{"charsPerSecond":20,"shortestMs":100,"longestMs":900}}
            """;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void the_published_configuration_is_read_whole() throws Exception {
        CenturionConfig config = ReadCenturionConfig.read(7, json.readTree(PUBLISHED));

        assertThat(config.version()).isEqualTo(7);
        assertThat(config.criteria()).extracting(CenturionConfig.Criterion::key).containsExactly("orcamento", "prazo");
        assertThat(config.model())
                .isEqualTo(new CenturionConfig.ModelChoice(CenturionConfig.Provider.OPENAI, null, "m", null, 0.2));
        assertThat(config.typing()).isEqualTo(new CenturionConfig.Typing(20, 100, 900));
    }

    @Test
    void what_is_absent_has_a_default() throws Exception {
        CenturionConfig config = ReadCenturionConfig.read(1, json.readTree("{}"));

        assertThat(config.language()).isEqualTo("pt-BR");
        assertThat(config.qualifyAt()).isEqualTo(70);
        assertThat(config.criteria()).isEmpty();
    }

    @Test
    void user_and_assistant_take_turns_and_each_message_has_its_number() {
        var messages = PromptBook.conversation(List.of(
                new Line(1, "oi"),
                new Line(2, "tudo bem?"),
                new Line(0, "Olá!"),
                new Line(0, "Como posso ajudar?"),
                new Line(3, "preço")));

        assertThat(messages)
                .containsExactly(
                        UserMessage.from("[#1] oi\n[#2] tudo bem?"),
                        AiMessage.from("Olá!\nComo posso ajudar?"),
                        UserMessage.from("[#3] preço"));
    }

    @Test
    void the_person_always_speaks_first() {
        assertThat(PromptBook.conversation(List.of(new Line(0, "Olá, Beatriz!")))
                        .getFirst())
                .isInstanceOf(UserMessage.class);
    }

    @Test
    void the_system_message_carries_prompt_criteria_and_what_is_known() throws Exception {
        var config = ReadCenturionConfig.read(1, json.readTree(PUBLISHED));
        var question = new Question(
                config,
                List.of(new Line(1, "oi")),
                List.of("orcamento: 10 mil (met)"),
                new Question.Occasion.Burst(true));

        var system = (SystemMessage) PromptBook.messages(question).getFirst();

        assertThat(system.text())
                .startsWith("Você é a Ana, da Loja.")
                .contains("- prazo: Para quando?", "- orcamento: 10 mil (met)", "comes late", "pt-BR");
    }

    @Test
    void the_form_is_strict_and_carries_each_question() throws Exception {
        var config = ReadCenturionConfig.read(1, json.readTree(PUBLISHED));

        var schema = json.valueToTree(JsonSchemaElementUtils.toMap(TurnSchema.root(config.criteria()), true));

        assertThat(TurnSchema.of(config.criteria()).name()).isEqualTo("turn_outcome");
        assertThat(schema.at("/properties/outcome/enum")).hasSize(4);
        assertThat(schema.at("/additionalProperties").asBoolean(true)).isFalse();
        var criterion = schema.at("/properties/criteria/properties/orcamento");
        assertThat(criterion.path("description").asText()).isEqualTo("Qual é o seu orçamento?");
        assertThat(criterion.at("/properties/met/type"))
                .extracting(each -> each.asText())
                .containsExactly("boolean", "null");
        assertThat(criterion.path("required")).hasSize(3);
    }

    @Test
    void what_was_not_said_because_the_person_wrote_again_is_told() throws Exception {
        CenturionConfig config = ReadCenturionConfig.read(7, json.readTree(PUBLISHED));
        List<Line> lines = List.of(new Line(1, "oi"));

        String system = PromptBook.system(new Question(
                config, lines, List.of(), new Question.Occasion.Burst(false, List.of("E qual é o prazo?"))));

        assertThat(system).contains("# Not said").contains("- E qual é o prazo?");
        assertThat(PromptBook.system(new Question(config, lines, List.of(), new Question.Occasion.Burst(false))))
                .doesNotContain("# Not said");
    }
}
