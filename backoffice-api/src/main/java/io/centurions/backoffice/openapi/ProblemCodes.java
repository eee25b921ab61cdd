package io.centurions.backoffice.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table {@code problem-codes.txt}: every refusal of ours, with its status and what it means. */
final class ProblemCodes {

    private static final String TYPE = "urn:centurions:problem:";

    private record Known(int status, String meaning) {}

    private final Map<String, Known> known = new LinkedHashMap<>();

    private ProblemCodes() {}

    static ProblemCodes read() {
        ProblemCodes codes = new ProblemCodes();
        List<String> lines = Written.lines("/problem-codes.txt");
        for (String line : lines.subList(1, lines.size())) {
            List<String> columns = Written.columns(line, 4);
            codes.known.put(columns.get(0), new Known(Integer.parseInt(columns.get(1)), columns.get(3)));
        }
        return codes;
    }

    /** As it stands in an answer. */
    static String type(String code) {
        return TYPE + code;
    }

    boolean has(String code) {
        return known.containsKey(code);
    }

    String status(String code) {
        return String.valueOf(known.get(code).status());
    }

    String inWords(String code) {
        return "`" + code + "`: " + known.get(code).meaning();
    }

    /** A problem as it is answered; the detail of a real one says more of the case. */
    JsonNode example(String code) {
        String words = code.replace('-', ' ');
        ObjectNode problem = JsonNodeFactory.instance.objectNode();
        problem.put("type", type(code));
        problem.put("title", words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1));
        problem.put("status", known.get(code).status());
        problem.put("detail", known.get(code).meaning());
        problem.put("instance", "urn:centurions:trace:0af7651916cd43dd8448eb211c80319c");
        if (code.equals("invalid")) {
            problem.putArray("errors").addObject().put("field", "name").put("message", "must not be blank");
        }
        return problem;
    }
}
