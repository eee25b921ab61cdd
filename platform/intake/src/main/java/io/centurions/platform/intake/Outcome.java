package io.centurions.platform.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What became of one item.
 *
 * @param word    as the storing function says it, or {@link #UNSTORABLE}
 * @param details the function's whole answer about this item
 */
public record Outcome(String word, JsonNode details) {

    /** The database refuses this one for what is in it, and always will; its webhook is kept and parked. */
    public static final String UNSTORABLE = "unstorable";

    /** The storing function's results, in their order. */
    static List<Outcome> all(String results, ObjectMapper json) {
        try {
            JsonNode all = json.readTree(results);
            List<Outcome> outcomes = new ArrayList<>(all.size());
            all.forEach(result -> outcomes.add(of(result)));
            return outcomes;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the storing function answered something that is not JSON", impossible);
        }
    }

    static Outcome of(JsonNode result) {
        return new Outcome(result.path("outcome").asText(), result);
    }

    static Outcome never() {
        return new Outcome(UNSTORABLE, MissingNode.getInstance());
    }

    public boolean unstorable() {
        return UNSTORABLE.equals(word);
    }

    /** An id that the function told; null when it told none. */
    public UUID id(String name) {
        String text = details.path(name).textValue();
        return text == null ? null : UUID.fromString(text);
    }
}
