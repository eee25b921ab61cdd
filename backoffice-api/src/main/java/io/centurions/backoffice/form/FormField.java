package io.centurions.backoffice.form;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A question that a form asks beyond who the lead is.
 *
 * @param name     as the page sends it
 * @param type     {@code text}, {@code number}, {@code boolean}, or {@code choice} of the options
 * @param required left out: no
 * @param longest  characters of a text; left out: 500
 * @param options  of a choice, which may take several
 */
public record FormField(
        @NotNull @Pattern(regexp = "[A-Za-z][A-Za-z0-9_-]{0,59}")
        String name,

        @NotNull @Pattern(regexp = "text|number|boolean|choice")
        String type,

        boolean required,
        @Min(1) @Max(2_000) Integer longest,
        @Size(max = 50) List<@NotNull @Size(min = 1, max = 200) String> options) {

    private static final java.util.regex.Pattern NUMBER =
            java.util.regex.Pattern.compile("[+-]?[0-9]{1,15}([.,][0-9]{1,6})?");
    private static final List<String> YES_OR_NO =
            List.of("true", "false", "on", "off", "yes", "no", "sim", "não", "1", "0");

    public FormField {
        longest = longest == null ? 500 : longest;
        options = options == null ? List.of() : options;
    }

    /** A choice without anything to choose from could never be answered. */
    @AssertTrue(message = "a choice needs options, and nothing else has them")
    boolean isAnswerable() {
        return "choice".equals(type) != options.isEmpty();
    }

    /**
     * What is wrong with an answer; empty: nothing. Never quotes it.
     *
     * @param said at least one
     */
    Optional<String> wrongWith(List<String> said) {
        if (said.size() > 1 && !"choice".equals(type)) {
            return Optional.of("takes one answer");
        }
        return said.stream().allMatch(this::takes) ? Optional.empty() : Optional.of(wanted());
    }

    private boolean takes(String said) {
        return switch (type) {
            case "number" -> NUMBER.matcher(said).matches();
            case "boolean" -> YES_OR_NO.contains(said.toLowerCase(Locale.ROOT));
            case "choice" -> options.contains(said);
            default -> said.length() <= longest;
        };
    }

    private String wanted() {
        return switch (type) {
            case "number" -> "is no number";
            case "boolean" -> "is neither yes nor no";
            case "choice" -> "is none of the options";
            default -> "longer than " + longest + " characters";
        };
    }
}
