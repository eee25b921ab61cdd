package io.centurions.backoffice.plan;

import java.time.Instant;
import java.util.UUID;

/**
 * A plan as people see it.
 *
 * @param version what a change is made for; the {@code ETag}
 */
public record PlanView(UUID id, String name, Limits limits, int version, Instant createdAt, Instant updatedAt) {}
