package io.centurions.backoffice.form;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.UUID;

/**
 * A form as it is to be from now on; its key stands in pages that are not ours and never changes.
 *
 * @param instanceId who writes to the lead; left out: the one that does now
 * @param fieldMap   our field to the name that the form uses
 * @param guard      left out: any site, nothing required, three hundred leads a minute and address
 * @param enabled    false: leads are refused as by a form that is not there; left out: true
 */
public record FormChange(
        @NotBlank @Size(max = 120) String name,
        UUID instanceId,
        @Size(max = 40) Map<@NotBlank @Size(max = 60) String, @NotNull @Size(min = 1, max = 200) String> fieldMap,
        @Valid FormGuard guard,
        Boolean enabled) {

    public FormChange {
        fieldMap = fieldMap == null ? Map.of() : fieldMap;
        guard = guard == null ? FormGuard.OPEN : guard;
        enabled = enabled == null || enabled;
    }
}
