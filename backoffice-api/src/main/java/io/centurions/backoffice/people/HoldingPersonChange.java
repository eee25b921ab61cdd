package io.centurions.backoffice.people;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * How a person of the holding is from now on.
 *
 * @param role super_admin, backoffice_admin, ai_supervisor or marketing_admin
 */
public record HoldingPersonChange(
        @NotBlank @Size(max = 200) String name,

        @NotNull @Pattern(regexp = HoldingPersonChange.HOLDING_ROLES)
        String role) {

    /** Of people who see every company. */
    static final String HOLDING_ROLES = "super_admin|backoffice_admin|ai_supervisor|marketing_admin";

    public HoldingPersonChange {
        name = name == null ? null : name.strip();
    }
}
