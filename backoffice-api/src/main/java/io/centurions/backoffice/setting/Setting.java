package io.centurions.backoffice.setting;

import java.time.Instant;
import java.util.UUID;

/**
 * A setting as people see it.
 *
 * @param centurionId whose it is; null: every Centurion of the company
 * @param version     grows with each change; the {@code ETag}
 */
public record Setting<T>(
        UUID id,
        UUID companyId,
        UUID centurionId,
        String name,
        boolean enabled,
        T config,
        int version,
        Instant createdAt,
        Instant updatedAt) {}
