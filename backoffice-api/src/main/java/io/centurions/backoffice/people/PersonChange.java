package io.centurions.backoffice.people;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * How a person of a company is from now on.
 *
 * @param role company_admin, marketing_admin or crm_user
 */
public record PersonChange(
        @NotBlank @Size(max = 200) String name,

        @NotNull @Pattern(regexp = PersonChange.COMPANY_ROLES)
        String role) {

    /** What a company can make of its people: never the holding's. */
    static final String COMPANY_ROLES = "company_admin|marketing_admin|crm_user";

    public PersonChange {
        name = name == null ? null : name.strip();
    }
}
