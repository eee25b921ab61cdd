package io.centurions.backoffice.audit;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.QueryParam;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Which acts are looked for; whatever is left out may be anything. */
public class AuditFilter {

    private static final String OTHERS = """
               AND ($4::text IS NULL OR actor = $4::text)
               AND ($5::text IS NULL OR action = $5::text OR starts_with(action, $5::text || '.'))
               AND ($6::text IS NULL OR request_id = $6::text)
               AND ($7::timestamptz IS NULL OR at >= $7::timestamptz)
               AND ($8::timestamptz IS NULL OR at < $8::timestamptz)
            """;

    /** The history of one thing. */
    @QueryParam("target")
    public UUID target;

    /** The issuer's id of the person. */
    @QueryParam("actor")
    @Size(min = 1, max = 200)
    public String actor;

    /** {@code pixel.change}, or {@code pixel} for all that is done to pixels. */
    @QueryParam("action")
    @Pattern(regexp = "[a-z-]+([.][a-z-]+)?")
    public String action;

    /** The trace id that an answer or a problem told. */
    @QueryParam("request")
    @Pattern(regexp = "[0-9a-f-]{32,36}")
    public String request;

    /** The first moment that counts. */
    @QueryParam("from")
    public OffsetDateTime from;

    /** The first moment that no longer counts. */
    @QueryParam("to")
    public OffsetDateTime to;

    /**
     * The part of a statement that looks, its placeholders from {@code $3} on in the order of {@link
     * #values}. The history of one thing has an index; a plan for a condition that may be none would pass
     * it by.
     */
    String where() {
        return (target == null ? "$3::uuid IS NULL" : "target = $3::uuid") + "\n" + OTHERS;
    }

    /** After the page's two. */
    Object[] values(UUID after, int limit) {
        return new Object[] {after, limit, target, actor, action, request, from, to};
    }
}
