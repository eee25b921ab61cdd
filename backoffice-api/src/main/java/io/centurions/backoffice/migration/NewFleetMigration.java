package io.centurions.backoffice.migration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;

/**
 * A migration that somebody wants.
 *
 * @param canaryCompanyId goes first; left out: the newest company that is behind
 * @param atOnce          how many companies at the same time, at most 6, which leaves the API some of its
 *         connections; left out: 4
 */
public record NewFleetMigration(
        UUID canaryCompanyId, @Min(1) @Max(6) Integer atOnce) {

    public NewFleetMigration {
        atOnce = atOnce == null ? 4 : atOnce;
    }
}
