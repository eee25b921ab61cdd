package io.centurions.bench.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The captured statement with what must differ from message to message made variable: who writes, to which instance, and the message's
 * id. Costs PostgreSQL a concatenation more than the service's parameter does.
 *
 * @param pieces of SQL; those that begin with a colon are the variables id, lead and i
 */
record Reference(List<String> pieces) {

    /**
     * What is made variable wherever it is found in a parameter.
     *
     * @param name   id, lead or i
     * @param before what stands before it and stays
     * @param marker what is replaced
     */
    record Variable(String name, String before, String marker) {
        String found() {
            return before + marker;
        }
    }

    static Reference of(Captured captured, List<Variable> variables) {
        List<String> pieces = new ArrayList<>();
        String sql = captured.sql().strip();
        int at = 0;
        var parameter = java.util.regex.Pattern.compile("\\$(\\d+)").matcher(sql);
        while (parameter.find()) {
            pieces.add(withoutComments(sql.substring(at, parameter.start())));
            value(pieces, captured.parameters().get(Integer.parseInt(parameter.group(1)) - 1), variables);
            at = parameter.end();
        }
        pieces.add(withoutComments(sql.substring(at)));
        return new Reference(List.copyOf(pieces));
    }

    /** As a script of pgbench, which replaces every colon before a word, inside quotes too. */
    String script(int leads, int instances, int first) {
        return "\\set lead random(" + first + ", " + (first + leads - 1) + ")\n\\set i (:lead - " + first + ") % "
                + instances + "\n\\set id random(1, 1000000000000000)\n" + String.join("", pieces) + ";\n";
    }

    /** For JDBC: question marks, and the names of what they stand for in order. */
    String jdbc() {
        return String.join(
                "",
                pieces.stream().map(piece -> isVariable(piece) ? "?" : piece).toList());
    }

    List<String> jdbcOrder() {
        return pieces.stream()
                .filter(Reference::isVariable)
                .map(piece -> piece.substring(1))
                .toList();
    }

    private static boolean isVariable(String piece) {
        return piece.matches(":(id|lead|i)");
    }

    private static void value(List<String> pieces, String text, List<Variable> variables) {
        if (text == null) {
            pieces.add("NULL");
            return;
        }
        pieces.add("(");
        int at = 0;
        for (var place : places(text, variables).entrySet()) {
            pieces.add(literal(text.substring(at, place.getKey())) + " || ");
            pieces.add(":" + place.getValue().name());
            pieces.add("::text || ");
            at = place.getKey() + place.getValue().marker().length();
        }
        pieces.add(literal(text.substring(at)) + ")");
    }

    private static Map<Integer, Variable> places(String text, List<Variable> variables) {
        Map<Integer, Variable> places = new TreeMap<>();
        for (Variable variable : variables) {
            String wanted = variable.found();
            for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
                places.put(at + variable.before().length(), variable);
            }
        }
        return places;
    }

    static String literal(String text) {
        return "E'"
                + text.replace("\\", "\\\\")
                        .replace("'", "''")
                        .replace("\n", "\\n")
                        .replace(":", "\\x3A")
                        .replace("?", "\\x3F")
                + "'";
    }

    // They would swallow what follows when lines are joined.
    private static String withoutComments(String sql) {
        return sql.replaceAll("--[^\n]*", "");
    }
}
