package io.centurions.backoffice.apikey;

import io.centurions.platform.problem.Problem;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;

/**
 * A key that somebody wants.
 *
 * @param scopes    {@code crm}: leads, conversations and deals; {@code marketing}: pixels, forms and
 *                  conversions
 * @param expiresAt left out: never
 */
public record NewApiKey(
        @NotBlank @Size(max = 120) String name,
        @NotNull @Size(min = 1, max = 2) List<@NotNull @Pattern(regexp = "crm|marketing") String> scopes,
        @Future Instant expiresAt) {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** 400 for a time that the database would take for never. */
    void checkExpiry() {
        if (expiresAt != null && expiresAt.isAfter(LATEST)) {
            throw Problem.invalid(List.of(new Problem.FieldError("expiresAt", "is after the year 9999")));
        }
    }
}
