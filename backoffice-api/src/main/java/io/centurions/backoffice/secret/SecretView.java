package io.centurions.backoffice.secret;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A secret as people see it.
 *
 * @param kept    {@code sealed} here, or by reference in {@code env}, {@code file} or {@code vault}; where
 *                there is not told
 * @param version grows with each new value; the {@code ETag}
 */
public record SecretView(UUID id, String name, String kept, int version, Instant createdAt, Instant updatedAt) {

    static SecretView of(Row row) {
        return new SecretView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("kept"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
