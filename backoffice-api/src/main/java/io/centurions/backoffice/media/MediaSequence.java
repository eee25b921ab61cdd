package io.centurions.backoffice.media;

import io.centurions.backoffice.body.Words;
import io.centurions.backoffice.setting.Checked;
import io.centurions.backoffice.setting.Finding;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Media that are sent in order.
 *
 * @param trigger what starts it
 * @param steps   in the order of sending
 */
public record MediaSequence(
        @NotNull @Valid Trigger trigger,
        @NotNull @Size(min = 1, max = 20) List<@NotNull @Valid Step> steps) implements Checked {

    /**
     * What starts a sequence.
     *
     * @param values       keywords, lead stages or intents, for those kinds
     * @param afterMinutes silence of the lead, for the kind {@code time}
     */
    @Schema(name = "MediaTrigger")
    public record Trigger(
            @NotNull @Pattern(regexp = "keyword|stage|intent|time|manual")
            String kind,

            @Size(max = 30) List<@NotBlank @Size(max = 80) String> values,
            @Min(1) @Max(43_200) Integer afterMinutes) {

        public Trigger {
            values = values == null ? List.of() : values;
        }
    }

    /**
     * One thing that is sent.
     *
     * @param text    the message, or what stands under the media
     * @param url     where the media is fetched
     * @param delayMs wait before it; left out: 1500
     */
    @Schema(name = "MediaStep")
    public record Step(
            @NotNull @Pattern(regexp = "text|audio|image|video|document")
            String kind,

            @Size(max = 4_000) String text,
            @Pattern(regexp = "https?://[^\\s]{3,990}") String url,
            @Min(0) @Max(600_000) Integer delayMs) {

        public Step {
            delayMs = delayMs == null ? 1_500 : delayMs;
        }
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (List.of("keyword", "stage", "intent").contains(trigger.kind())
                && trigger.values().isEmpty()) {
            findings.add(new Finding("/trigger/values", "this kind of trigger needs at least one value"));
        }
        if (trigger.kind().equals("time") && trigger.afterMinutes() == null) {
            findings.add(new Finding("/trigger/afterMinutes", "a trigger by time needs the minutes"));
        }
        for (int index = 0; index < steps.size(); index++) {
            Step step = steps.get(index);
            boolean text = step.kind().equals("text");
            if (text && Words.missingIn(step.text())) {
                findings.add(new Finding("/steps/" + index + "/text", "a text needs its words"));
            }
            if (!text && step.url() == null) {
                findings.add(new Finding("/steps/" + index + "/url", "media need an address"));
            }
        }
        return findings;
    }
}
