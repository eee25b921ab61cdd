package io.centurions.runtime.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Replaces what PostgreSQL cannot store as text: U+0000 and surrogates without their other half, both of which JSON can
 * carry. One such character would otherwise refuse the whole batch.
 */
final class CleanText {

    private static final char REPLACEMENT = '\uFFFD';

    private CleanText() {}

    static String of(String text) {
        if (text == null || isClean(text)) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                clean.append(c).append(text.charAt(++i));
            } else {
                clean.append(c == 0 || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return clean.toString();
    }

    /** The same tree with every text and every name of a field clean. */
    static JsonNode of(JsonNode node) {
        if (node instanceof TextNode text) {
            return TextNode.valueOf(of(text.textValue()));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode clean = object.objectNode();
            object.properties().forEach(field -> clean.set(of(field.getKey()), of(field.getValue())));
            return clean;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode clean = array.arrayNode(array.size());
            array.forEach(element -> clean.add(of(element)));
            return clean;
        }
        return node;
    }

    private static boolean isClean(String text) {
        return text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
    }
}
