package io.centurions.backoffice.company;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A company as people see it.
 *
 * @param status       one of {@link #STATUSES}
 * @param statusReason why it failed, was suspended or was archived; null otherwise
 * @param version      what a change is made for
 */
public record CompanyView(
        UUID id,
        String slug,
        String name,
        String schemaName,
        String timeZone,
        String locale,
        String currency,
        String status,
        String statusReason,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    static final String STATUSES = "provisioning|active|failed|suspended|archived";

    static CompanyView of(Row row) {
        return new CompanyView(
                row.getUUID("id"),
                row.getString("slug"),
                row.getString("name"),
                row.getString("schema_name"),
                row.getString("time_zone"),
                row.getString("locale"),
                row.getString("currency"),
                row.getString("status"),
                row.getString("status_reason"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
