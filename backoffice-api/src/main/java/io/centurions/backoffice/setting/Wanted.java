package io.centurions.backoffice.setting;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * A setting as somebody wants it to be, whole: what is left out is gone or gets its default.
 *
 * @param centurionId whose it is; left out: every Centurion of the company
 * @param enabled     left out: true
 */
public record Wanted<T extends Checked>(
        @NotBlank @Size(max = 120) String name,
        UUID centurionId,
        Boolean enabled,
        @NotNull @Valid T config) {

    public Wanted {
        enabled = enabled == null || enabled;
    }
}
