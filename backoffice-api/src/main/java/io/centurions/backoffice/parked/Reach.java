package io.centurions.backoffice.parked;

import io.centurions.backoffice.security.Caller;
import io.centurions.platform.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Whose parked things the caller may see: every company's and nobody's for the holding, the own company's for others. */
@ApplicationScoped
class Reach {

    private final Caller caller;

    Reach(Caller caller) {
        this.caller = caller;
    }

    /**
     * The company to look in; null: everywhere.
     *
     * @param asked the caller's wish; another company than the own looks like none at all
     */
    UUID within(UUID asked) {
        if (caller.holding()) {
            return asked;
        }
        UUID own = caller.company().orElseThrow(() -> Problem.notFound("company"));
        if (asked != null && !asked.equals(own)) {
            throw Problem.notFound("company");
        }
        return own;
    }

    /** Whether the caller works for the holding. */
    boolean holding() {
        return caller.holding();
    }

    /** The caller as the audit trail and the settled row name them. */
    String actor() {
        return caller.person().subject();
    }
}
