package io.centurions.runtime.reply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Cuts what is to be said into bubbles that a person would send.
 *
 * <p>A draft of comfortable length stays whole. A longer one is cut between paragraphs, then between sentences. A list, a link
 * and a price are never cut, unless alone they are more than the channel takes: then a list is cut between its items, a text
 * between its words, and only a single endless word in the middle.
 */
final class SplitIntoBubbles {

    /** About what fills a phone's screen by a third. */
    private static final int COMFORTABLE = 420;

    private static final Pattern LIST_ITEM = Pattern.compile("^\\s*(?:[-*•–]|\\d{1,2}[.)]|[a-z]\\))\\s+\\S.*");
    private static final Pattern PARAGRAPH_END = Pattern.compile("\\n[ \\t]*\\n\\s*");
    // A sentence ends where a space follows: the dots of a link, a price or a version have none.
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?…])\\s+");
    // "R$ 1.500" is one word, as is "50 %".
    private static final Pattern WORD_END = Pattern.compile("(?<!R\\$|US\\$|\\$|€|£)\\s+(?!%|reais\\b|mil\\b)");

    private SplitIntoBubbles() {}

    static List<String> split(List<String> drafts, ChannelLimit limit) {
        List<String> bubbles = new ArrayList<>();
        for (String draft : drafts) {
            String text = draft.strip();
            if (!text.isEmpty()) {
                bubbles.addAll(comfortable(text, limit) ? List.of(text) : splitDraft(text, limit));
            }
        }
        return bubbles;
    }

    private static List<String> splitDraft(String draft, ChannelLimit limit) {
        Predicate<String> fits = text -> comfortable(text, limit);
        List<String> parts = new ArrayList<>();
        for (String paragraph : PARAGRAPH_END.split(draft)) {
            parts.addAll(fits.test(paragraph) ? List.of(paragraph) : splitParagraph(paragraph, limit));
        }
        return pack(parts, "\n\n", fits);
    }

    private static List<String> splitParagraph(String paragraph, ChannelLimit limit) {
        List<String> parts = new ArrayList<>();
        for (String block : blocks(paragraph)) {
            if (isList(block)) {
                parts.addAll(limit.fits(block) ? List.of(block) : cut(Arrays.asList(block.split("\n")), "\n", limit));
            } else {
                List<String> sentences = Arrays.asList(SENTENCE_END.split(block));
                parts.addAll(cut(pack(sentences, " ", text -> comfortable(text, limit)), " ", limit));
            }
        }
        return parts;
    }

    /** The lines of a list belong together, with the line that announces it. */
    private static List<String> blocks(String paragraph) {
        List<List<String>> blocks = new ArrayList<>(List.of(new ArrayList<>()));
        boolean inList = false;
        for (String line : paragraph.split("\n")) {
            boolean item = LIST_ITEM.matcher(line).matches();
            List<String> block = blocks.getLast();
            if (!block.isEmpty() && item != inList) {
                List<String> next = new ArrayList<>();
                if (item && block.getLast().stripTrailing().endsWith(":")) {
                    next.add(block.removeLast());
                }
                blocks.add(next);
            }
            blocks.getLast().add(line);
            inList = item;
        }
        return blocks.stream()
                .filter(block -> !block.isEmpty())
                .map(block -> String.join("\n", block))
                .toList();
    }

    private static boolean isList(String block) {
        return Arrays.stream(block.split("\n"))
                .anyMatch(line -> LIST_ITEM.matcher(line).matches());
    }

    /** Joins neighbours as long as the joined text still fits. */
    private static List<String> pack(List<String> parts, String joint, Predicate<String> fits) {
        List<String> packed = new ArrayList<>();
        for (String part : parts) {
            String joined = packed.isEmpty() ? null : packed.getLast() + joint + part;
            if (joined != null && fits.test(joined)) {
                packed.set(packed.size() - 1, joined);
            } else {
                packed.add(part);
            }
        }
        return packed;
    }

    /** Makes every part fit the channel, by words if it must, and packs them again. */
    private static List<String> cut(List<String> parts, String joint, ChannelLimit limit) {
        List<String> fitting = new ArrayList<>();
        for (String part : parts) {
            fitting.addAll(limit.fits(part) ? List.of(part) : cutWords(part, limit));
        }
        return "\n".equals(joint) ? pack(fitting, joint, limit::fits) : fitting;
    }

    private static List<String> cutWords(String part, ChannelLimit limit) {
        List<String> words = new ArrayList<>();
        for (String word : WORD_END.split(part)) {
            words.addAll(limit.fits(word) ? List.of(word) : cutInside(word, limit));
        }
        return pack(words, " ", limit::fits);
    }

    private static List<String> cutInside(String word, ChannelLimit limit) {
        List<String> pieces = new ArrayList<>();
        var piece = new StringBuilder();
        word.codePoints().forEach(point -> {
            String longer = piece + Character.toString(point);
            if (!limit.fits(longer)) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.appendCodePoint(point);
        });
        pieces.add(piece.toString());
        return pieces;
    }

    private static boolean comfortable(String text, ChannelLimit limit) {
        return text.length() <= COMFORTABLE && limit.fits(text);
    }
}
