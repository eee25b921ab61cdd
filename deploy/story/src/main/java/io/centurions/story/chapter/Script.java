package io.centurions.story.chapter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who plays and what they say. Everything that must be new in each run (company, numbers, accounts) is drawn when the script
 * is made, so that the story can be played again and again on the same data.
 *
 * @param humanPace whether the Centurion waits and types like a person
 */
public record Script(boolean humanPace, String run, Map<String, String> numbers) {

    /** What the Centurion has to find out, in the order of asking, and what the leads answer. */
    record Question(String key, String question, int weight, String answer) {}

    static final List<Question> QUESTIONS = List.of(
            new Question("tratamento", "Qual tratamento você procura?", 40, "Quero colocar um implante"),
            new Question("inicio", "Quando você gostaria de começar?", 30, "Ainda este mês"),
            new Question("orcamento", "Quanto você pretende investir?", 30, "Até quatro mil reais"));

    public static Script draw(boolean humanPace) {
        String run = Long.toString(System.currentTimeMillis() / 1000, 36);
        Map<String, String> numbers = new LinkedHashMap<>();
        for (String who : List.of("ad", "form")) {
            numbers.put(
                    who, "55119" + "9999" + String.format(java.util.Locale.ROOT, "%04d", freshBelow(10_000, numbers)));
        }
        numbers.put("bot", Long.toString(1_000_000_000L + freshBelow(900_000_000, numbers)));
        numbers.put("telegram", Long.toString(500_000_000L + freshBelow(400_000_000, numbers)));
        numbers.put("account", "17841" + (400_000_000_000L + freshBelow(900_000_000, numbers)));
        numbers.put("instagram", "1" + (100_000_000_000_000L + freshBelow(900_000_000, numbers)));
        numbers.put("dataset", "9" + (100_000_000_000_000L + freshBelow(900_000_000, numbers)));
        return new Script(humanPace, run, Map.copyOf(numbers));
    }

    // A number drawn twice would make one person of two.
    private static int freshBelow(int bound, Map<String, String> drawn) {
        int number = ThreadLocalRandom.current().nextInt(bound);
        String ending = String.format(java.util.Locale.ROOT, "%04d", number % 10_000);
        return drawn.values().stream().anyMatch(other -> other.endsWith(ending)) ? freshBelow(bound, drawn) : number;
    }

    String number(String who) {
        return numbers.get(who);
    }

    String slug() {
        return "historia_" + run;
    }

    String clickId() {
        return "ARA-historia-" + run;
    }

    String email() {
        return "maria." + run + "@example.com";
    }

    Map<String, Object> centurion() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put(
                "prompt",
                "Você é a Bia, recepcionista de uma clínica odontológica. Responda em mensagens curtas, uma pergunta por vez.");
        config.put("language", "pt-BR");
        config.put(
                "criteria",
                QUESTIONS.stream()
                        .map(one -> Map.of(
                                "key", one.key(), "question", one.question(), "weight", one.weight(), "required", true))
                        .toList());
        config.put("qualifyAt", 70);
        config.put(
                "debounce",
                humanPace
                        ? Map.of("quietMs", 4_000, "longestMs", 20_000)
                        : Map.of("quietMs", 1_500, "longestMs", 8_000));
        config.put(
                "pace",
                humanPace
                        ? Map.of("charsPerSecond", 18, "shortestMs", 800, "longestMs", 6_000)
                        : Map.of("charsPerSecond", 200, "shortestMs", 200, "longestMs", 600));
        return config;
    }

    /** The least that lies between two bubbles of one reply, with some room for clocks. A fleet at fast pace leaves 50 ms. */
    long shortestPauseMs() {
        return humanPace ? 700 : 40;
    }
}
