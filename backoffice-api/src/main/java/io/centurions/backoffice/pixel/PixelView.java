package io.centurions.backoffice.pixel;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/** A pixel as people see it: whether it has a token of its own, never the token. */
public record PixelView(
        UUID id,
        UUID companyId,
        String datasetId,
        String wabaId,
        String pageId,
        String testEventCode,
        boolean enabled,
        boolean hasAccessToken,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    static PixelView of(Row row) {
        return new PixelView(
                row.getUUID("id"),
                row.getUUID("company_id"),
                row.getString("dataset_id"),
                row.getString("waba_id"),
                row.getString("page_id"),
                row.getString("test_event_code"),
                row.getBoolean("enabled"),
                row.getBoolean("has_access_token"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
