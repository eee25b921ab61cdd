package io.centurions.backoffice.centurion;

import java.time.Instant;
import java.util.UUID;

/**
 * A Centurion as people see it.
 *
 * @param draft            what is being edited
 * @param published        what the runtime obeys; null before the first publication
 * @param publishedVersion 0 before the first publication, then grows by one
 * @param version          grows with each change of draft or publication; the {@code ETag}
 */
public record CenturionView(
        UUID id,
        UUID companyId,
        String name,
        CenturionConfig draft,
        CenturionConfig published,
        int publishedVersion,
        int version,
        Instant createdAt,
        Instant updatedAt) {}
