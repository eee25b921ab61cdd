package io.centurions.backoffice.people;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;

/**
 * Somebody whom a company invites.
 *
 * @param email of the account with which they sign in at the issuer
 * @param role  company_admin, marketing_admin or crm_user
 */
public record NewPerson(
        @NotBlank @Email @Size(max = 254) String email,
        @NotBlank @Size(max = 200) String name,

        @NotNull @Pattern(regexp = PersonChange.COMPANY_ROLES)
        String role) {

    public NewPerson {
        email = email == null ? null : email.strip().toLowerCase(Locale.ROOT);
        name = name == null ? null : name.strip();
    }
}
