package io.centurions.backoffice.form;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.UUID;

/**
 * A form that somebody wants.
 *
 * @param instanceId who writes to the lead; left out: the company's oldest WhatsApp instance
 * @param key        in the public address; left out: made here, not to be guessed
 * @param fieldMap   our field to the name that the form uses
 * @param guard      left out: any site, nothing required, three hundred leads a minute and address
 * @param enabled    left out: true
 */
public record NewForm(
        @NotBlank @Size(max = 120) String name,
        UUID instanceId,
        @Pattern(regexp = "[a-z0-9][a-z0-9_-]{2,63}") String key,
        @Size(max = 40) Map<@NotBlank @Size(max = 60) String, @NotNull @Size(min = 1, max = 200) String> fieldMap,
        @Valid FormGuard guard,
        Boolean enabled) {

    public NewForm {
        fieldMap = fieldMap == null ? Map.of() : fieldMap;
        guard = guard == null ? FormGuard.OPEN : guard;
        enabled = enabled == null || enabled;
    }
}
