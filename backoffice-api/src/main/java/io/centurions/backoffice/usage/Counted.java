package io.centurions.backoffice.usage;

/** How what stands is counted; the same in {@code core.limits_reached_v1}. */
final class Counted {

    /** An invitation holds a place until it is withdrawn, also when it has expired: it can be renewed. */
    static final String PEOPLE =
            "(SELECT count(*) FROM core.company_users p WHERE p.company_id = $1 AND p.status <> 'inactive')";

    static final String INSTANCES =
            "(SELECT count(*) FROM core.channel_instances i WHERE i.company_id = $1 AND i.deleted_at IS NULL)";

    /** Also of a file that is leaving, until its object is gone, and of one that is lost: it may be found again. */
    static final String FILE_BYTES =
            "(SELECT coalesce(sum(f.bytes), 0)::bigint FROM core.files f WHERE f.company_id = $1)";

    private Counted() {}
}
