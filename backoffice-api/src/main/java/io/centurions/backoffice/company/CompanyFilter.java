package io.centurions.backoffice.company;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.QueryParam;

/** Which companies are wanted; left out: all. */
public class CompanyFilter {

    @QueryParam("status")
    @Pattern(regexp = CompanyView.STATUSES)
    public String status;

    @QueryParam("name")
    @Size(max = 200)
    public String name;

    /** A part of the name, in any letters; null: any name. */
    String name() {
        return name == null || name.isBlank() ? null : name.strip();
    }
}
