package io.centurions.backoffice.openapi;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Patterns as they are meant here: of the whole text, where JSON Schema would look for them anywhere in it. One that
 * is a choice of words is told as the words.
 */
final class Patterns {

    /** What the scanner writes for a text that must not be blank: somewhere in it. */
    private static final String NOT_BLANK = "\\S";

    /** How one begins that was seen before: schemas may be shared. */
    private static final String WHOLE = "^(?:";

    private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9_-]+(\\|[A-Za-z0-9_-]+)+");

    private Patterns() {}

    static void ofTheWhole(Schema schema) {
        String pattern = schema.getPattern();
        if (pattern != null && WORDS.matcher(pattern).matches()) {
            schema.setPattern(null);
            schema.setEnumeration(Arrays.asList((Object[]) pattern.split("\\|")));
        } else if (pattern != null && !pattern.equals(NOT_BLANK) && !pattern.startsWith(WHOLE)) {
            schema.setPattern(WHOLE + pattern + ")$");
        }
        Shapes.parts(schema).forEach(Patterns::ofTheWhole);
    }
}
