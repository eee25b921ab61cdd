package io.centurions.backoffice.followup;

import io.centurions.backoffice.setting.Checked;
import io.centurions.backoffice.setting.Finding;
import io.centurions.backoffice.setting.WeeklyHours;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A plan for leads who do not answer. An answer of the lead always ends it.
 *
 * @param stages      of the leads that it is for; left out: all that are still talked with
 * @param steps       in their order
 * @param hours       when it may write; left out: the Centurion's own
 * @param mostPerLead how often one lead is written to at most; left out: once for each step
 */
public record FollowUp(
        @Size(max = 20) List<@NotBlank @Size(max = 40) String> stages,
        @NotNull @Size(min = 1, max = 10) List<@NotNull @Valid Step> steps,
        @Valid WeeklyHours hours,
        @Min(1) @Max(50) Integer mostPerLead)
        implements Checked {

    public FollowUp {
        stages = stages == null ? List.of() : stages;
        mostPerLead = mostPerLead == null && steps != null ? Integer.valueOf(steps.size()) : mostPerLead;
    }

    /**
     * One message.
     *
     * @param afterMinutes silence since the message before
     * @param kind         {@code template}: the text as it stands; {@code generated}: the machine writes, the
     *                     text tells it what
     */
    @Schema(name = "FollowUpStep")
    public record Step(
            @NotNull @Min(5) @Max(129_600) Integer afterMinutes,
            @NotNull @Pattern(regexp = "template|generated") String kind,
            @NotBlank @Size(max = 2_000) String text) {}

    @Override
    public List<Finding> findings() {
        return hours == null ? List.of() : Finding.under("/hours", hours.findings());
    }
}
