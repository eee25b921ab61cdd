package io.centurions.backoffice.parked;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;

/** Several parked things at once, each by its id. */
public record Selection(@NotEmpty @Size(max = 100) List<@NotNull UUID> ids) {

    /** Each once, in the order of asking. */
    List<UUID> distinct() {
        return ids.stream().distinct().toList();
    }

    /** What became of one of them. */
    public record Item(UUID id, Settling outcome) {}

    /** What became of each, in the order of asking. */
    public record Outcomes(List<Item> items) {}
}
