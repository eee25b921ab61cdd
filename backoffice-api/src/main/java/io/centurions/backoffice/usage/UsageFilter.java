package io.centurions.backoffice.usage;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

/** How far back usage is wanted. */
public class UsageFilter {

    /** The current one counts. */
    @QueryParam("months")
    @DefaultValue("12")
    @Min(1)
    @Max(60)
    public int months;
}
