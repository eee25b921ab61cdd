package io.centurions.backoffice.parked;

import io.centurions.platform.problem.Problem;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Set;
import java.util.UUID;

/** Which parked things are wanted; whatever is left out is not looked at, except that only open ones are listed. */
public class ParkedFilter {

    private static final String ALL = "all";
    private static final Set<String> STATES = Set.of("parked", "reprocessed", "discarded", "applied");

    @QueryParam("company")
    public UUID company;

    @QueryParam("service")
    public String service;

    /** As the list shows it. */
    @QueryParam("reason")
    @Size(max = 200)
    public String reason;

    @QueryParam("state")
    @DefaultValue("parked")
    public String state;

    String stateOrAny() {
        if (state.equals(ALL)) {
            return null;
        }
        if (!STATES.contains(state)) {
            throw Problem.badRequest("state-unknown", "parked, reprocessed, discarded, applied or all");
        }
        return state;
    }

    String reasonOrAny() {
        return blankIsAny(reason);
    }

    static String blankIsAny(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
