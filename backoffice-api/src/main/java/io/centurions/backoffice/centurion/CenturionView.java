package io.centurions.backoffice.centurion;

import java.time.Instant;
import java.util.UUID;

/**
 * A Centurion as people see it.
 *
 * @param draft            what is being edited
 * @param published        what the runtime obeys; null before the first publication
 * @param publishedVersion 0 before the first publication, then grows by one
 */
public record CenturionView(
        UUID id,
        UUID companyId,
        String name,
        CenturionConfig draft,
        CenturionConfig published,
        int publishedVersion,
        Instant createdAt,
        Instant updatedAt) {}
