package io.centurions.sandbox.openai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On demand every bubble of a turn says which call made it and which of the lead's messages it answers, as in
 * {@code Entendi! [r12.1/2 #5-7]}. So no two bubbles are alike, and whoever sees a telephone can tell a bubble that came twice
 * from a second reply to the same words.
 */
final class Marks {

    private static final Pattern SEQ = Pattern.compile("\\[#(\\d+)]");

    private boolean used;
    private long calls;

    void use(boolean wanted) {
        used = wanted;
    }

    JsonObject on(JsonObject decided, List<Said> said) {
        if (!used) {
            return decided;
        }
        long call = ++calls;
        JsonArray plain = decided.getJsonArray("bubbles", new JsonArray());
        JsonArray marked = new JsonArray();
        for (int i = 0; i < plain.size(); i++) {
            marked.add("%s [r%d.%d/%d %s]".formatted(plain.getString(i), call, i + 1, plain.size(), answered(said)));
        }
        return decided.put("bubbles", marked);
    }

    private static String answered(List<Said> said) {
        Matcher numbers = SEQ.matcher(Conversation.of(said).lastWords());
        List<Long> seqs = numbers.results()
                .map(found -> Long.valueOf(found.group(1)))
                .sorted()
                .toList();
        return seqs.isEmpty() ? "#0" : "#" + seqs.getFirst() + "-" + seqs.getLast();
    }
}
