package io.centurions.backoffice.apikey;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * A key as people see it.
 *
 * @param prefix     how it begins
 * @param expiresAt  null: never
 * @param lastUsedAt to the minute; null: never
 * @param revokedAt  null: it is not
 */
public record ApiKeyView(
        UUID id,
        String name,
        String prefix,
        List<String> scopes,
        Instant expiresAt,
        Instant lastUsedAt,
        Instant revokedAt,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    static ApiKeyView of(Row row) {
        return new ApiKeyView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("prefix"),
                List.of(row.getArrayOfStrings("scopes")),
                instant(row.getOffsetDateTime("expires_at")),
                instant(row.getOffsetDateTime("last_used_at")),
                instant(row.getOffsetDateTime("revoked_at")),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
