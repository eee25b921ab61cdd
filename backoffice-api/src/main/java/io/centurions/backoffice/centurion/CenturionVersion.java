package io.centurions.backoffice.centurion;

import java.time.Instant;
import java.util.UUID;

/**
 * What a Centurion was published with; it never changes.
 *
 * @param config       null in lists
 * @param restoredFrom the older version that was published again; null where a draft was
 * @param publishedBy  the issuer's id of the person; null for what was published before versions were kept
 */
public record CenturionVersion(
        UUID id,
        UUID centurionId,
        int number,
        CenturionConfig config,
        Integer restoredFrom,
        String publishedBy,
        Instant publishedAt) {}
