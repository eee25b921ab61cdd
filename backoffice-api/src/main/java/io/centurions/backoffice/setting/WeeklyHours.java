package io.centurions.backoffice.setting;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Hours that repeat each week, by the clock on the wall of a place.
 *
 * @param timeZone a name of the IANA database, as {@code America/Sao_Paulo}
 * @param openings a day may have several that do not overlap; a day without one is closed
 */
public record WeeklyHours(
        @NotBlank @Size(max = 60) String timeZone,
        @Size(max = 50) List<@NotNull @Valid Opening> openings) {

    private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

    /**
     * One stretch of one day.
     *
     * @param from {@code HH:mm}
     * @param to   {@code HH:mm}, later the same day, {@code 24:00} for its end
     */
    public record Opening(
            @NotNull @Pattern(regexp = "monday|tuesday|wednesday|thursday|friday|saturday|sunday")
            String day,

            @NotNull @Pattern(regexp = TIME) String from,
            @NotNull @Pattern(regexp = TIME + "|24:00") String to) {

        // As text: HH:mm sorts as time does.
        private boolean overlaps(Opening other) {
            return other != null
                    && other.whole()
                    && day.equals(other.day)
                    && from.compareTo(other.to) < 0
                    && other.from.compareTo(to) < 0;
        }

        private boolean whole() {
            return day != null && from != null && to != null;
        }
    }

    public WeeklyHours {
        openings = openings == null ? List.of() : openings;
    }

    /** What cannot be true of a week; what is not even a time is passed over. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (!isZone(timeZone)) {
            findings.add(new Finding("/timeZone", "there is no such time zone"));
        }
        for (int index = 0; index < openings.size(); index++) {
            Opening opening = openings.get(index);
            if (opening == null || !opening.whole()) {
                continue;
            }
            if (opening.from().compareTo(opening.to()) >= 0) {
                findings.add(new Finding("/openings/" + index + "/to", "it ends before it begins"));
            } else if (openings.subList(0, index).stream().anyMatch(opening::overlaps)) {
                findings.add(new Finding("/openings/" + index, "it overlaps another of the same day"));
            }
        }
        return findings;
    }

    private static boolean isZone(String name) {
        return name != null && ZoneId.getAvailableZoneIds().contains(name);
    }
}
