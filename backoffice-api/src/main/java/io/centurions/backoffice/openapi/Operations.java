package io.centurions.backoffice.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The table {@code operations.txt}. */
final class Operations {

    private static final String HEADING = "== ";

    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Map<String, Described> byEndpoint = new LinkedHashMap<>();

    private Operations() {}

    static Operations read() {
        Operations operations = new Operations();
        String tag = null;
        for (String line : Written.lines("/operations.txt")) {
            if (line.startsWith(HEADING)) {
                String[] heading = line.substring(HEADING.length()).split(": ", 2);
                tag = heading[0];
                operations.tags.put(tag, heading[1]);
            } else if (tag != null) {
                operations.byEndpoint.put(Described.endpoint(line), Described.of(tag, line));
            }
        }
        return operations;
    }

    /** Parts of the document with what they are about, in their order. */
    Map<String, String> tags() {
        return tags;
    }

    /** @param endpoint method and path */
    Optional<Described> of(String endpoint) {
        return Optional.ofNullable(byEndpoint.get(endpoint));
    }
}
