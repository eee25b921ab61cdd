package io.centurions.backoffice.plan;

import jakarta.validation.Valid;
import java.util.UUID;

/**
 * The plan that a company is to be on.
 *
 * @param planId null: none
 * @param limits in place of the plan's, each by itself; null: no exceptions
 */
public record CompanyPlanChange(UUID planId, @Valid Limits limits) {

    public CompanyPlanChange {
        limits = limits == null ? Limits.NONE : limits;
    }
}
