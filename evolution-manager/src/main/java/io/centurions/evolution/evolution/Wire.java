package io.centurions.evolution.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * Values as the server writes them: one field is a number, a string or an object {@code {low, high}} depending on its version.
 * Text comes out storable: PostgreSQL takes neither U+0000 nor half a surrogate pair.
 */
final class Wire {

    private static final long LATEST_IN_SECONDS = 100_000_000_000L;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");

    private Wire() {}

    /** Text, cleaned; null for anything that is blank or no text. */
    static String text(JsonNode node) {
        if (!node.isTextual() && !node.isNumber()) {
            return null;
        }
        String text = clean(node.asText());
        return text.isBlank() ? null : text;
    }

    /** A whole number however it is written; null when there is none. */
    static Long number(JsonNode node) {
        if (node.isNumber()) {
            return node.asLong();
        }
        if (node.isTextual() && WHOLE_NUMBER.matcher(node.asText()).matches()) {
            return Long.parseLong(node.asText());
        }
        if (node.path("low").isNumber()) {
            return (node.path("high").asLong() << 32) + (node.path("low").asLong() & 0xFFFF_FFFFL);
        }
        return null;
    }

    /** A moment in seconds, or in milliseconds where the number is too large for that; null when there is none. */
    static Instant moment(JsonNode node) {
        Long number = number(node);
        if (number == null || number <= 0) {
            return null;
        }
        return number < LATEST_IN_SECONDS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    }

    /** A moment as text; null when it is none. */
    static Instant dateTime(JsonNode node) {
        try {
            return node.isTextual() ? Instant.parse(node.asText()) : null;
        } catch (DateTimeParseException e) {
            // Only used to order reports; without it they are taken as they come.
            return null;
        }
    }

    private static String clean(String raw) {
        StringBuilder clean = null;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean pair =
                    Character.isHighSurrogate(c) && i + 1 < raw.length() && Character.isLowSurrogate(raw.charAt(i + 1));
            boolean bad = c == 0 || (Character.isSurrogate(c) && !pair);
            if (bad && clean == null) {
                clean = new StringBuilder(raw);
            }
            if (bad) {
                clean.setCharAt(i, '\uFFFD');
            }
            i += pair ? 1 : 0;
        }
        return clean == null ? raw : clean.toString();
    }
}
