package io.centurions.backoffice.paging;

import io.centurions.platform.problem.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;

/** Which part of a list is wanted: at most so many, after a cursor that an earlier page gave. */
public class PageAsk {

    @QueryParam("limit")
    @DefaultValue("50")
    @Min(1)
    @Max(200)
    public int limit;

    @QueryParam("cursor")
    public String cursor;

    /** Where the page begins; null: at the start. */
    public UUID after() {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("cursor-invalid", "the cursor is none that a list of ours gave");
        }
    }

    /** One more than asked for tells whether there is a next page. */
    public int fetch() {
        return limit + 1;
    }
}
