package io.centurions.backoffice.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;

/**
 * What is limited; null: not at all.
 *
 * @param leads      made in a month, by the company's time zone
 * @param instances  of channels that are not deleted
 * @param people     invited or active
 * @param modelSpend in a month, in cents of the price list's currency
 * @param fileBytes  of files, until their objects are gone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Limits(
        @Valid Limit leads,
        @Valid Limit instances,
        @Valid Limit people,
        @Valid Limit modelSpend,
        @Valid Limit fileBytes) {

    /** No limits. */
    static final Limits NONE = new Limits(null, null, null, null, null);

    /** These, and those of a plan where there is none here. As {@code core.plan_limit_v1} decides. */
    Limits over(Limits plan) {
        return new Limits(
                leads == null ? plan.leads : leads,
                instances == null ? plan.instances : instances,
                people == null ? plan.people : people,
                modelSpend == null ? plan.modelSpend : modelSpend,
                fileBytes == null ? plan.fileBytes : fileBytes);
    }
}
