package io.centurions.local.seed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    private static Map<String, Object> criterion(String key, String question, int weight) {
        return Map.of("key", key, "question", question, "weight", weight, "required", true);
    }
}
