package io.centurions.backoffice.form;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** A form as people see it. */
public record FormView(
        UUID id,
        UUID companyId,
        String key,
        String name,
        UUID instanceId,
        Map<String, String> fieldMap,
        FormGuard guard,
        boolean enabled,
        int version,
        Instant createdAt,
        Instant updatedAt) {}
