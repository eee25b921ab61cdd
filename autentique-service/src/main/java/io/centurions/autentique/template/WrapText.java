package io.centurions.autentique.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Breaks text into lines that fit: between words, and inside a word only when it alone is wider than the line. */
final class WrapText {

    private WrapText() {}

    /**
     * @param width how wide a piece of text is, in the unit of {@code widest}
     * @return at least one line for each line of the text; empty lines stay
     */
    static List<String> wrap(String text, double widest, ToDoubleFunction<String> width) {
        var lines = new ArrayList<String>();
        for (String paragraph : text.lines().toList()) {
            wrapParagraph(paragraph.stripTrailing(), widest, width, lines);
        }
        return lines;
    }

    private static void wrapParagraph(
            String paragraph, double widest, ToDoubleFunction<String> width, List<String> lines) {
        String line = "";
        for (String word : paragraph.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (width.applyAsDouble(longer) <= widest) {
                line = longer;
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line);
            }
            line = breakWord(word, widest, width, lines);
        }
        lines.add(line);
    }

    private static String breakWord(String word, double widest, ToDoubleFunction<String> width, List<String> lines) {
        String line = "";
        for (int codePoint : word.codePoints().toArray()) {
            String longer = line + Character.toString(codePoint);
            if (!line.isEmpty() && width.applyAsDouble(longer) > widest) {
                lines.add(line);
                longer = Character.toString(codePoint);
            }
            line = longer;
        }
        return line;
    }
}
