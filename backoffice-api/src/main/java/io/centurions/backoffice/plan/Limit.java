package io.centurions.backoffice.plan;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * How much, and what happens then.
 *
 * @param most null: as much as they like, which lifts the limit of a plan for one company
 * @param then block: no more is given; notify: somebody is told at 80 and at 100 in a hundred, as with block;
 *             allow: it is counted and shown
 */
public record Limit(
        @Min(0) @Max(Limit.MOST) Long most,

        @NotNull @Pattern(regexp = "block|notify|allow") String then) {

    /** More than anybody uses, and far from where a number would not fit. */
    static final long MOST = 1_000_000_000_000L;
}
