package io.centurions.backoffice.security;

import io.centurions.platform.problem.Problem;
import io.vertx.core.http.HttpMethod;
import java.util.Set;

/**
 * What a request does to a company. It alone decides what is done for an archived one too: whoever comes to a
 * company by another way than its door, or must ask again behind it, asks here.
 */
public enum Deed {
    /** Shows what is there: an archived company stays readable. */
    READS,

    /** Makes, changes or starts something: refused for an archived company, which is kept as it was. */
    CHANGES,

    /**
     * Only ends, or settles, what an archive leaves open: anybody's access, secrets and tokens that we keep, a
     * contract that waits for signatures, what was left behind, the company's own life. Not what an archive is
     * there to keep: configuration, files, forms. Also for noting what came of a deed that was allowed when it
     * began.
     */
    ENDS;

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** What a request does that says no more than its method. */
    static Deed of(HttpMethod method) {
        return READING.contains(method) ? READS : CHANGES;
    }

    /** Refuses, with 409, what is not done for a company in this status. */
    public void check(String status) {
        if (this == CHANGES && status.equals("archived")) {
            throw Problem.conflict("company-archived", "an archived company is kept as it was");
        }
    }
}
