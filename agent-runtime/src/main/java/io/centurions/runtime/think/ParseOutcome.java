package io.centurions.runtime.think;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.runtime.think.CenturionConfig.Criterion;
import io.centurions.runtime.think.Thinking.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model's text as an outcome, or nothing when it does not keep to the schema. Pure. */
final class ParseOutcome {

    private static final int BUBBLES_MOST = 10;

    private ParseOutcome() {}

    record Parsed(Outcome outcome, Map<String, Finding> criteria) {}

    /** @param newest number of the newest message that the model was shown; evidence beyond it is invented */
    static Optional<Parsed> parse(ObjectMapper json, String text, List<Criterion> criteria, long newest) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            JsonNode answer = json.readTree(unfenced(text));
            return outcome(answer)
                    .map(outcome -> new Parsed(outcome, findings(answer.path("criteria"), criteria, newest)));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Outcome> outcome(JsonNode answer) {
        if (answer == null || !answer.path("bubbles").isArray()) {
            return Optional.empty();
        }
        List<String> bubbles = bubbles(answer.path("bubbles"));
        return switch (answer.path("outcome").asText()) {
            case "reply" -> bubbles.isEmpty() ? Optional.empty() : Optional.of(new Outcome.Reply(bubbles));
            case "silence" -> Optional.of(new Outcome.Silence());
            case "handover" -> Optional.of(new Outcome.HandOver(bubbles));
            case "disqualify" -> Optional.of(new Outcome.Disqualify(bubbles));
            default -> Optional.empty();
        };
    }

    private static List<String> bubbles(JsonNode given) {
        List<String> bubbles = new ArrayList<>();
        for (JsonNode bubble : given) {
            if (bubble.isTextual() && !bubble.textValue().isBlank() && bubbles.size() < BUBBLES_MOST) {
                // A NUL would refuse the whole commit.
                bubbles.add(bubble.textValue().replace("\u0000", ""));
            }
        }
        return bubbles;
    }

    private static Map<String, Finding> findings(JsonNode given, List<Criterion> criteria, long newest) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (Criterion criterion : criteria) {
            JsonNode found = given.path(criterion.key());
            String answer = found.path("answer").isTextual()
                    ? found.path("answer").textValue().replace("\u0000", "")
                    : null;
            Boolean met = found.path("met").isBoolean() ? found.path("met").booleanValue() : null;
            long message = found.path("message").asLong();
            if (answer != null || met != null) {
                findings.put(
                        criterion.key(), new Finding(answer, met, message >= 1 && message <= newest ? message : null));
            }
        }
        return findings;
    }

    // Some compatible servers wrap JSON in a Markdown fence.
    private static String unfenced(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("```")) {
            return stripped;
        }
        int start = stripped.indexOf('\n');
        int end = stripped.lastIndexOf("```");
        return start < 0 || end <= start ? stripped : stripped.substring(start + 1, end);
    }
}
