package io.centurions.backoffice.parked;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why a person gives something up; kept with it, so it names nobody. */
public record Discarding(@NotBlank @Size(max = 500) String reason) {}
