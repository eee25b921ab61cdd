package io.centurions.backoffice.deal;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;

/** What of a deal is to change; what is left out stays. */
public record DealChange(
        @PositiveOrZero Long valueCents,
        @Pattern(regexp = "[a-z][a-z0-9_]{0,39}") String stage,
        @Pattern(regexp = DealView.STATUSES) String status,
        @Size(max = 300) String lostReason) {}
