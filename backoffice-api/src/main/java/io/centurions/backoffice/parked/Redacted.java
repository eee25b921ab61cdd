package io.centurions.backoffice.parked;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What may be shown of stored JSON: ids, times, codes and small numbers, which is all that an event may carry. Anything
 * else may be a person's and is blotted out, whoever put it there.
 */
final class Redacted {

    private static final TextNode BLOT = TextNode.valueOf("[redacted]");
    private static final long NUMBER_MAX = 1_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Pattern> HARMLESS = List.of(
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z"),
            Pattern.compile("[A-Z][A-Z_]{0,63}"),
            Pattern.compile("[a-z]+([._-][a-z0-9]+)*"),
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"));

    private Redacted() {}

    /** Null stays null; what is no JSON at all is one blot. */
    static JsonNode of(String json) {
        if (json == null) {
            return null;
        }
        try {
            return of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            return BLOT;
        }
    }

    private static JsonNode of(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var shown = JSON.createObjectNode();
                object.properties().forEach(field -> shown.set(name(field.getKey()), of(field.getValue())));
                yield shown;
            }
            case ArrayNode array -> {
                var shown = JSON.createArrayNode();
                array.forEach(item -> shown.add(of(item)));
                yield shown;
            }
            default -> isHarmless(node) ? node : BLOT;
        };
    }

    private static String name(String field) {
        return field.matches("[A-Za-z][A-Za-z_]{0,39}") ? field : BLOT.textValue();
    }

    private static boolean isHarmless(JsonNode value) {
        if (value.isTextual()) {
            return HARMLESS.stream()
                    .anyMatch(pattern -> pattern.matcher(value.textValue()).matches());
        }
        return value.isBoolean()
                || value.isNull()
                || (value.isIntegralNumber() && value.canConvertToLong() && Math.abs(value.longValue()) < NUMBER_MAX);
    }
}
