package io.centurions.backoffice.security;

import io.vertx.core.http.HttpMethod;
import java.util.Set;

/** What a request does to a company. It alone decides what is done for an archived one too. */
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

    /** Whether it is done for a company in this status. */
    boolean isDoneWhen(String status) {
        return this != CHANGES || !status.equals("archived");
    }
}
