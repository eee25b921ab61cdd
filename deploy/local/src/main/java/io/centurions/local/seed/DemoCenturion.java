package io.centurions.local.seed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The demo company's Centurion: a receptionist of a dental clinic with three questions. */
final class DemoCenturion {

    static final String NAME = "Bia";

    private static final String PROMPT = """
            Você é a Bia, recepcionista da Clínica Demo, uma clínica odontológica de São Paulo. Responda como uma pessoa simpática no
            WhatsApp: mensagens curtas, sem formalidade, uma pergunta por vez. Descubra o que o lead procura, quando quer começar e
            quanto pretende investir. Não invente preços, prazos nem resultados; o que não souber, diga que a equipe confirma.
            """;

    private final String provider;
    private final boolean humanPace;

    DemoCenturion(String provider, boolean humanPace) {
        this.provider = provider;
        this.humanPace = humanPace;
    }

    Map<String, Object> config() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("prompt", PROMPT.strip());
        config.put("language", "pt-BR");
        config.put("model", Map.of("provider", provider));
        config.put(
                "criteria",
                List.of(
                        criterion("tratamento", "Qual tratamento você procura?", 40),
                        criterion("inicio", "Quando você gostaria de começar?", 30),
                        criterion("orcamento", "Quanto você pretende investir?", 30)));
        config.put("qualifyAt", 70);
        config.put(
                "debounce",
                humanPace ? Map.of("quietMs", 4_000, "longestMs", 20_000) : Map.of("quietMs", 800, "longestMs", 4_000));
        config.put(
                "pace",
                humanPace
                        ? Map.of("charsPerSecond", 18, "shortestMs", 800, "longestMs", 6_000)
                        : Map.of("charsPerSecond", 200, "shortestMs", 150, "longestMs", 600));
        return config;
    }

    /**
     * The draft that brings a published Centurion in step with the model that there is now: the draft as it stands, with the
     * provider changed and what belonged to the other provider left out. Empty when it is in step.
     */
    Optional<JsonNode> inStep(JsonNode found) {
        String obeyed = found.path("published").path("model").path("provider").asText();
        if (obeyed.equals(provider)) {
            return Optional.empty();
        }
        ObjectNode draft = found.path("draft").deepCopy();
        ObjectNode model = draft.putObject("model").put("provider", provider);
        JsonNode temperature = found.path("draft").path("model").path("temperature");
        if (temperature.isNumber()) {
            model.set("temperature", temperature);
        }
        return Optional.of(draft);
    }

    private static Map<String, Object> criterion(String key, String question, int weight) {
        return Map.of("key", key, "question", question, "weight", weight, "required", true);
    }
}
