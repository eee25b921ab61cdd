package io.centurions.backoffice.file;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * A file as people see it.
 *
 * @param name    as its sender calls it
 * @param type    found out from its content
 * @param state   {@code kept}, or {@code lost} when the storage does not have it any more
 * @param sha256  of the content, in hexadecimal digits
 */
public record FileView(
        UUID id,
        String name,
        String purpose,
        String type,
        long bytes,
        String sha256,
        String state,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    static FileView of(Row row) {
        return new FileView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("purpose"),
                row.getString("type"),
                row.getLong("bytes"),
                HexFormat.of().formatHex(row.getBuffer("sha256").getBytes()),
                row.getString("state"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    /** What the audit trail keeps: everything but the name, in which a person may be named. */
    Map<String, Object> audited() {
        return Map.of("purpose", purpose, "type", type, "bytes", bytes, "sha256", sha256);
    }

    boolean stillThere() {
        return state.equals("kept");
    }
}
