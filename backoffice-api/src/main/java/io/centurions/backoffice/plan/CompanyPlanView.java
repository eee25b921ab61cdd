package io.centurions.backoffice.plan;

import java.time.Instant;
import java.util.UUID;

/**
 * What a company may use.
 *
 * @param planId    null: on no plan
 * @param limits    what is otherwise for this company than for its plan
 * @param effective what counts: these, and those of the plan where there is none here
 * @param version   what a change is made for; 0: never changed
 * @param updatedAt null: never
 */
public record CompanyPlanView(
        UUID companyId,
        UUID planId,
        String planName,
        Limits limits,
        Limits effective,
        int version,
        Instant updatedAt) {}
