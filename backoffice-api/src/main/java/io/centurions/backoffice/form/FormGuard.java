package io.centurions.backoffice.form;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.platform.problem.Problem.FieldError;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;

/**
 * What a form asks of whoever sends by it.
 *
 * @param origins     sites whose pages may send, as browsers name them; empty: any. A server names none and
 *                    may
 * @param required    fields that must be filled in; consent must be given
 * @param honeypot    a field that people do not see: whoever fills it in is a robot; left out: {@code
 *                    _honeypot}
 * @param perMinute   leads from one address; left out: 300
 * @param fields      what it asks beyond who the lead is; anything else that is sent is dropped
 * @param consentText the words beside the box to be ticked; kept with each answer, with the form's version,
 *                    unless the page sends the words that it showed
 */
public record FormGuard(
        @Size(max = 20) List<@NotNull @Pattern(regexp = "https?://[a-z0-9.-]{1,200}(:[0-9]{1,5})?") String> origins,
        @Size(max = 4) List<@NotNull @Pattern(regexp = "name|email|phone|consent") String> required,
        @Pattern(regexp = "[A-Za-z0-9_-]{1,60}") String honeypot,
        @Min(1) @Max(10_000) Integer perMinute,
        @Size(max = 30) List<@NotNull @Valid FormField> fields,
        @Size(min = 1, max = 2_000) String consentText) {

    /** Of a form that asks for nothing. */
    public static final FormGuard OPEN = new FormGuard(null, null, null, null, null, null);

    public FormGuard {
        origins = origins == null ? List.of() : origins;
        required = required == null ? List.of() : required;
        honeypot = honeypot == null ? "_honeypot" : honeypot;
        perMinute = perMinute == null ? 300 : perMinute;
        fields = fields == null ? List.of() : fields;
    }

    /** Whether a page of this site may send; null: it is no browser. */
    boolean admits(String origin) {
        return origin == null || origins.isEmpty() || origins.contains(origin.toLowerCase(Locale.ROOT));
    }

    /** Whether the sender filled in what people do not see. */
    boolean caught(JsonNode body) {
        JsonNode filled = body.path(honeypot);
        if (filled.isTextual()) {
            return !filled.textValue().isBlank();
        }
        return !filled.isMissingNode() && !filled.isNull() && filled.asBoolean(true);
    }

    /**
     * What is required and not there.
     *
     * @param lead as it was read from the form
     */
    List<FieldError> missing(JsonNode lead) {
        return required.stream()
                .filter(field -> field.equals("consent") ? !consents(lead.path("consent")) : !lead.hasNonNull(field))
                .map(field -> new FieldError(field, "is required"))
                .toList();
    }

    // True or false, or with the words that were shown.
    private static boolean consents(JsonNode consent) {
        return consent.isObject() ? consent.path("given").asBoolean(false) : consent.asBoolean(false);
    }
}
