package io.centurions.sandbox.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.centurions.sandbox.Fixture;
import io.centurions.sandbox.Http;
import io.centurions.sandbox.Running;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiSimulatorTest extends Running {

    private static final String[] KEY = {"Authorization", "Bearer sandbox-model-key"};

    private static JsonObject message(String role, String text) {
        return new JsonObject().put("role", role).put("content", text);
    }

    private static JsonObject criterion(String question) {
        JsonObject finding = new JsonObject()
                .put(
                        "answer",
                        new JsonObject()
                                .put("type", new JsonArray().add("string").add("null")))
                .put(
                        "met",
                        new JsonObject()
                                .put("type", new JsonArray().add("boolean").add("null")))
                .put(
                        "message",
                        new JsonObject()
                                .put("type", new JsonArray().add("integer").add("null")));
        return new JsonObject()
                .put("type", "object")
                .put("description", question)
                .put("properties", finding);
    }

    private JsonObject turn(JsonObject... messages) {
        JsonObject criteria = new JsonObject()
                .put("type", "object")
                .put(
                        "properties",
                        new JsonObject()
                                .put("orcamento", criterion("Qual é o seu orçamento?"))
                                .put("prazo", criterion("Para quando você precisa?")));
        JsonObject schema = new JsonObject()
                .put("type", "object")
                .put(
                        "properties",
                        new JsonObject()
                                .put("outcome", new JsonObject().put("type", "string"))
                                .put("reason", new JsonObject().put("type", "string"))
                                .put("bubbles", new JsonObject().put("type", "array"))
                                .put("criteria", criteria));
        JsonObject format = new JsonObject()
                .put("type", "json_schema")
                .put("json_schema", new JsonObject().put("name", "turn_outcome").put("schema", schema));
        JsonArray all = new JsonArray().add(message("system", "Você é o Centurion."));
        for (JsonObject one : messages) {
            all.add(one);
        }
        JsonObject answer = chat(new JsonObject().put("messages", all).put("response_format", format));
        return new JsonObject(content(answer));
    }

    private JsonObject chat(JsonObject request) {
        Http.Answer answer = http.post("/openai/v1/chat/completions", request.put("model", "simulated-1"), KEY);
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static String content(JsonObject answer) {
        return answer.getJsonArray("choices")
                .getJsonObject(0)
                .getJsonObject("message")
                .getString("content");
    }

    @Test
    void the_first_turn_greets_and_asks_the_first_question() {
        JsonObject outcome = turn(message("user", "[#1] Oi\n[#2] vi o anúncio\n[#3] quanto custa?"));

        assertThat(outcome.getString("outcome")).isEqualTo("reply");
        assertThat(outcome.getJsonArray("bubbles")).hasSize(3).last().isEqualTo("Qual é o seu orçamento?");
        assertThat(outcome.getJsonObject("criteria").getJsonObject("orcamento").getValue("met"))
                .isNull();
    }

    @Test
    void an_answer_is_kept_with_its_message_and_the_next_question_follows() {
        JsonObject outcome = turn(
                message("user", "[#1] Oi"),
                message("assistant", "Olá! 👋\nQual é o seu orçamento?"),
                message("user", "[#2] uns 5 mil"));

        JsonObject found = outcome.getJsonObject("criteria").getJsonObject("orcamento");
        assertThat(found.getString("answer")).isEqualTo("uns 5 mil");
        assertThat(found.getLong("message")).isEqualTo(2);
        assertThat(found.getBoolean("met")).isTrue();
        assertThat(outcome.getJsonArray("bubbles")).hasSize(2).last().isEqualTo("Para quando você precisa?");
    }

    @Test
    void a_no_is_an_answer_that_is_not_met_and_the_end_says_thanks() {
        JsonObject outcome = turn(
                message("user", "[#1] Oi"),
                message("assistant", "Qual é o seu orçamento?"),
                message("user", "[#2] Não tenho"),
                message("assistant", "Entendi!\nPara quando você precisa?"),
                message("user", "[#3] no mês que vem"));

        JsonObject criteria = outcome.getJsonObject("criteria");
        assertThat(criteria.getJsonObject("orcamento").getBoolean("met")).isFalse();
        assertThat(criteria.getJsonObject("prazo").getBoolean("met")).isTrue();
        assertThat(criteria.getJsonObject("prazo").getLong("message")).isEqualTo(3);
        assertThat(outcome.getJsonArray("bubbles").getString(0)).contains("obrigado");
    }

    @Test
    void on_demand_each_bubble_says_which_call_made_it_and_what_it_answers() {
        http.post("/openai/_sandbox/behaviour", new JsonObject().put("marks", true));
        try {
            JsonObject[] words = {
                message("user", "[#1] Oi"), message("assistant", "Olá!"), message("user", "[#2] a\n[#3] b")
            };
            JsonArray bubbles = turn(words).getJsonArray("bubbles");
            JsonArray again = turn(words).getJsonArray("bubbles");

            assertThat(bubbles.getString(0)).matches(".* \\[r\\d+\\.1/2 #2-3]");
            assertThat(bubbles.getString(1))
                    .startsWith("Qual é o seu orçamento?")
                    .endsWith("/2 #2-3]");
            assertThat(again.getString(0)).isNotEqualTo(bubbles.getString(0));
        } finally {
            http.post("/openai/_sandbox/behaviour", new JsonObject().put("marks", false));
        }
        assertThat(turn(message("user", "[#1] Oi")).getJsonArray("bubbles").getString(0))
                .doesNotContain("#");
    }

    @Test
    void who_asks_for_a_person_is_handed_over() {
        assertThat(turn(message("user", "[#1] quero falar com um atendente")).getString("outcome"))
                .isEqualTo("handover");
    }

    @Test
    void plain_chat_has_the_captured_shape() {
        JsonObject answer = chat(Fixture.request("llm/openai-chat-text"));

        assertThat(answer.getString("model")).isEqualTo("simulated-1");
        assertThat(Fixture.shape(answer))
                .contains(
                        ".choices[].message.content: String",
                        ".usage.total_tokens: number",
                        ".choices[].finish_reason: String");
        assertThat(content(answer)).contains("simulada");
    }

    @Test
    void any_other_schema_is_filled_by_type() {
        JsonObject filled = new JsonObject(content(chat(Fixture.request("llm/openai-chat-json-schema"))));

        assertThat(filled.getInteger("score")).isZero();
        assertThat(filled.getString("motivo")).isNotBlank();
    }

    @Test
    void a_tool_is_called_only_on_demand() {
        JsonObject request = Fixture.request("llm/openai-chat-tool-call");

        JsonObject free = chat(request.copy());
        JsonObject demanded = chat(request.copy().put("tool_choice", "required"));

        assertThat(content(free)).isNotNull();
        JsonObject choice = demanded.getJsonArray("choices").getJsonObject(0);
        assertThat(choice.getString("finish_reason")).isEqualTo("tool_calls");
        JsonObject function = choice.getJsonObject("message")
                .getJsonArray("tool_calls")
                .getJsonObject(0)
                .getJsonObject("function");
        assertThat(function.getString("name")).isEqualTo("agendar_reuniao");
        assertThat(new JsonObject(function.getString("arguments")).fieldNames()).containsExactly("data_hora", "nome");
    }

    @Test
    void a_stream_ends_with_usage_and_done() {
        JsonObject request = Fixture.request("llm/openai-chat-text")
                .put("stream", true)
                .put("stream_options", new JsonObject().put("include_usage", true));

        Http.Answer answer = http.post("/openai/v1/chat/completions", request, KEY);

        String[] events = answer.text().strip().split("\n\n");
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("text/event-stream");
        assertThat(events[events.length - 1]).isEqualTo("data: [DONE]");
        assertThat(new JsonObject(events[events.length - 2].substring(6)).getJsonObject("usage"))
                .isNotNull();
        assertThat(new JsonObject(events[0].substring(6)).getString("object")).isEqualTo("chat.completion.chunk");
    }

    @Test
    void texts_that_share_words_are_near() {
        JsonArray vectors = http.post(
                        "/openai/v1/embeddings",
                        new JsonObject()
                                .put("model", "simulated-1")
                                .put(
                                        "input",
                                        new JsonArray()
                                                .add("qual o preço do plano")
                                                .add("PREÇO do plano anual")
                                                .add("horário de atendimento")),
                        KEY)
                .json()
                .getJsonArray("data");

        assertThat(vectors.getJsonObject(0).getJsonArray("embedding")).hasSize(384);
        assertThat(cosine(vectors, 0, 0)).isCloseTo(1, within(1e-4));
        assertThat(cosine(vectors, 0, 1)).isGreaterThan(cosine(vectors, 0, 2) + 0.2);
    }

    private static double cosine(JsonArray vectors, int one, int other) {
        JsonArray left = vectors.getJsonObject(one).getJsonArray("embedding");
        JsonArray right = vectors.getJsonObject(other).getJsonArray("embedding");
        double sum = 0;
        for (int i = 0; i < left.size(); i++) {
            sum += left.getDouble(i) * right.getDouble(i);
        }
        return sum;
    }

    @Test
    void audio_that_is_text_is_heard_word_for_word() {
        byte[] spoken = "TEXT:quero saber o preço".getBytes(StandardCharsets.UTF_8);

        Http.Answer heard =
                http.multipart("/openai/v1/audio/transcriptions", Map.of("model", "whisper-1"), "file", spoken, KEY);
        Http.Answer noise = http.multipart(
                "/openai/v1/audio/transcriptions", Map.of("model", "whisper-1"), "file", new byte[12], KEY);

        assertThat(heard.json().getString("text")).isEqualTo("quero saber o preço");
        assertThat(noise.json().getString("text")).isEqualTo("transcrição simulada de áudio de 12 bytes");
    }

    @Test
    void without_a_key_nothing_is_answered() {
        Http.Answer answer = http.post("/openai/v1/chat/completions", Fixture.request("llm/openai-chat-text"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json()).isEqualTo(Fixture.answer("llm/openai-error-401"));
    }
}
