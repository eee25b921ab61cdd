package io.centurions.backoffice.security;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where in a token a claim stands, as an operator writes it: names with {@code .} or {@code /} between them.
 * A name that holds one of these stands in double quotes: {@code resource_access."my.client".roles}.
 *
 * @param names from the outermost object inwards
 */
record ClaimPath(List<String> names) {

    private static final Pattern NAME = Pattern.compile("\"([^\"]+)\"|([^./\"]+)");
    private static final Pattern FORM = Pattern.compile("(\"[^\"]+\"|[^./\"]+)([./](\"[^\"]+\"|[^./\"]+))*");

    // Its owner can write it at some issuers, so nothing may hang on it, whatever is configured.
    private static final String WRITTEN_BY_ITS_OWNER = "user_metadata";

    static ClaimPath of(String written) {
        String path = written.strip();
        if (!FORM.matcher(path).matches()) {
            throw new IllegalArgumentException("'" + path + "' is no path of a claim");
        }
        List<String> names = new ArrayList<>();
        NAME.matcher(path)
                .results()
                .forEach(found -> names.add(found.group(1) != null ? found.group(1) : found.group(2)));
        if (names.getFirst().equals(WRITTEN_BY_ITS_OWNER)) {
            throw new IllegalArgumentException("'" + path + "' is written by the person, not by the issuer");
        }
        return new ClaimPath(List.copyOf(names));
    }

    /**
     * The texts that stand there: of a list each, of a single text its words; none when there is nothing of
     * the kind.
     */
    List<String> in(JsonObject token) {
        Object at = token;
        for (String name : names) {
            at = at instanceof JsonObject object ? object.getValue(name) : null;
        }
        return switch (at) {
            case String text ->
                text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
            case JsonArray list ->
                list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case Boolean yes -> List.of(yes.toString());
            case null, default -> List.of();
        };
    }
}
