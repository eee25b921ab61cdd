package io.centurions.autentique.template;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code {{fields}}} of a template's text: which there are, and the text once they are filled in. */
public final class Placeholders {

    private static final Pattern FIELD = Pattern.compile("\\{\\{\\s*([\\p{L}\\p{N}_.-]{1,60})\\s*}}");

    private Placeholders() {}

    /** The names in the order of their first use, each once. */
    public static List<String> in(String body) {
        var names = new LinkedHashSet<String>();
        Matcher matcher = FIELD.matcher(body);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return List.copyOf(names);
    }

    /** Whether braces are left that look like a field and are none: they would end up in a signed paper. */
    static boolean broken(String body) {
        String rest = FIELD.matcher(body).replaceAll("");
        return rest.contains("{{") || rest.contains("}}");
    }

    /** The names that the values do not answer, or answer with nothing. */
    public static List<String> missing(List<String> names, Map<String, String> values) {
        return names.stream()
                .filter(name -> values.get(name) == null || values.get(name).isBlank())
                .toList();
    }

    /** The text with every field replaced. What a value contains is text: it is not searched for fields again. */
    public static String fill(String body, Map<String, String> values) {
        return FIELD.matcher(body).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for the field " + match.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
