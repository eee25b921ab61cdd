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
 * What may be shown of stored JSON: ids, times, and under the names that the contracts give them their codes and
 * small numbers. That is all that an event may carry; anything else may be a person's and is blotted out, whoever
 * put it there.
 */
final class Redacted {

    private static final TextNode BLOT = TextNode.valueOf("[redacted]");
    private static final long NUMBER_MAX = 1_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Pattern> HARMLESS_ANYWHERE = List.of(
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d([.]\\d{1,9})?)?Z"),
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"));

    private Redacted() {}

    /** Null stays null; what is no JSON at all is one blot. */
    static JsonNode of(String json) {
        if (json == null) {
            return null;
        }
        try {
            return of("", JSON.readTree(json));
        } catch (JsonProcessingException e) {
            return BLOT;
        }
    }

    private static JsonNode of(String field, JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var shown = JSON.createObjectNode();
                object.properties().forEach(each -> shown.set(name(each.getKey()), of(each.getKey(), each.getValue())));
                yield shown;
            }
            case ArrayNode array -> {
                var shown = JSON.createArrayNode();
                array.forEach(item -> shown.add(of(field, item)));
                yield shown;
            }
            default -> isHarmless(field, node) ? node : BLOT;
        };
    }

    private static String name(String field) {
        return field.matches("[A-Za-z][A-Za-z_]{0,39}") ? field : BLOT.textValue();
    }

    private static boolean isHarmless(String field, JsonNode value) {
        if (value.isTextual()) {
            String text = value.textValue();
            return KnownCodes.has(field, text)
                    || HARMLESS_ANYWHERE.stream()
                            .anyMatch(pattern -> pattern.matcher(text).matches());
        }
        return value.isBoolean() || value.isNull() || KnownCodes.isNumber(field) && isSmall(value);
    }

    private static boolean isSmall(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && Math.abs(value.longValue()) < NUMBER_MAX;
    }
}
