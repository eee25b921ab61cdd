package io.centurions.backoffice.parked;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.centurions.platform.problem.Problem;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Several parked things at once, each by its id. */
public record Selection(@NotEmpty @Size(max = 100) List<@NotNull UUID> ids) {

    /** Each once, in the order of asking. */
    List<UUID> distinct() {
        return ids.stream().distinct().toList();
    }

    /**
     * What became of one of them.
     *
     * @param detail what is in the way, in words; null where nothing is, or nobody said
     */
    @Schema(name = "SettledItem")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(UUID id, Settling outcome, String detail) {

        Item(UUID id, Settling outcome) {
            this(id, outcome, null);
        }

        /** Goes on when it ended as wished; otherwise the caller is told why not. */
        void orRefuse(Settling wished, String what) {
            if (outcome == Settling.NOT_REPROCESSABLE && detail != null) {
                throw Problem.conflict(outcome.code(), detail);
            }
            if (outcome == Settling.UNAVAILABLE && detail != null) {
                throw Problem.unavailable(detail, Duration.ofSeconds(5));
            }
            outcome.orRefuse(wished, what);
        }
    }

    /** What became of each, in the order of asking. */
    public record Outcomes(List<Item> items) {}
}
