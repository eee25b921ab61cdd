package io.centurions.backoffice.plan;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** How a plan is to be. Its name is no other plan's. */
public record WantedPlan(
        @NotBlank @Size(max = 120) String name,
        @NotNull @Valid Limits limits) {

    public WantedPlan {
        name = name == null ? null : name.strip();
    }
}
