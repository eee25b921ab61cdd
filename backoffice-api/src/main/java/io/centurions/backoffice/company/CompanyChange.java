package io.centurions.backoffice.company;

import io.centurions.platform.problem.Problem;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;

/**
 * How a company is from now on. Its slug never changes: it names the schema.
 *
 * @param timeZone IANA name
 * @param locale   BCP 47 in its canonical spelling
 * @param currency in use by ISO 4217; stays what it is once there is a deal
 */
public record CompanyChange(
        @NotBlank @Size(max = 200) String name,
        @NotBlank @Size(max = 60) String timeZone,

        @NotNull @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
        String locale,

        @NotNull @Pattern(regexp = "[A-Z]{3}") String currency) {

    public CompanyChange {
        name = name == null ? null : name.strip();
    }

    /** 400 for what is no name of a region, such as an offset: Java and PostgreSQL read those differently. */
    static void checkTimeZone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw timeZoneUnknown();
        }
    }

    static Problem timeZoneUnknown() {
        return Problem.badRequest("time-zone-unknown", "timeZone is no IANA name");
    }
}
