package io.centurions.backoffice.secret;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.secrets.VaultReference;
import jakarta.validation.constraints.Size;
import java.util.regex.Pattern;

/**
 * A secret as it is handed in: itself, or where the installation keeps it.
 *
 * @param value     sealed at once, and never shown
 * @param reference {@code env:NAME}, {@code file:/path} or {@code vault:path#field}; in the vault a company
 *                  has a part of its own, {@code companies/<company>/}, and {@code shared/} with all others
 */
public record SecretValue(
        @Size(min = 1, max = 8_192) String value,
        @Size(min = 1, max = 500) String reference) {

    private static final Pattern REFERENCE =
            Pattern.compile("env:[A-Z][A-Z0-9_]{0,99}|file:/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");

    /** Refuses what is neither one nor the other, and a reference that cannot be one of this company's. */
    void check(CompanyId company) {
        if ((value == null) == (reference == null)) {
            throw Problem.badRequest("secret-invalid", "either value or reference is needed");
        }
        if (reference != null && !canBeOneOf(company)) {
            throw Problem.badRequest(
                    "secret-reference-invalid",
                    "a reference is env:NAME, file:/path or vault:path#field, in the vault below shared/ or companies/"
                            + company + "/");
        }
    }

    private boolean canBeOneOf(CompanyId company) {
        return VaultReference.isMeantBy(reference)
                ? VaultReference.of(company, reference).isPresent()
                : REFERENCE.matcher(reference).matches() && !reference.contains("..");
    }

    /** Without the value: it must not reach a log by way of a message. */
    @Override
    public String toString() {
        return reference == null ? "SecretValue[sealed]" : "SecretValue[" + reference + "]";
    }
}
