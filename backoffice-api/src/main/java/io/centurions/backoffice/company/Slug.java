package io.centurions.backoffice.company;

import io.centurions.platform.problem.Problem;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The short name of a company, which names its schema and is never changed.
 *
 * @param value a letter, then letters, digits and underscores, 2 to 40 in all
 */
record Slug(String value) {

    private static final int LONGEST = 40;
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]{1,39}");

    Slug {
        if (!FORM.matcher(value).matches()) {
            throw Problem.badRequest("slug-invalid", "a slug is a letter, then letters, digits and _, 2 to 40 in all");
        }
    }

    /** Made of a company's name: accents dropped, everything else that does not fit becomes one underscore. */
    static Slug ofName(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^[_0-9]+", "");
        String cut = plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
        return new Slug(cut.replaceAll("_+$", ""));
    }

    String schemaName() {
        return "empresa_" + value;
    }
}
