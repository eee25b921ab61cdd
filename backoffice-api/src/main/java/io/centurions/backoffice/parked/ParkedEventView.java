package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An event that a service gave up.
 *
 * @param service       that parked it
 * @param companyId     null when the entry was too broken to name one
 * @param consumer      the group that could not handle it
 * @param state         parked, reprocessed or discarded
 * @param settledBy     the person's id with the issuer
 * @param settledReason why it was discarded
 * @param envelope      redacted; null where there is none, and in a list where it is larger than any of ours
 * @param payload       the same
 * @param rawChars      how long the unreadable entry is that was kept; it is not shown
 */
public record ParkedEventView(
        UUID id,
        String service,
        UUID companyId,
        UUID eventId,
        String stream,
        String consumer,
        String reason,
        String state,
        Instant parkedAt,
        Instant settledAt,
        String settledBy,
        String settledReason,
        @Schema(description = LEFT_OUT) JsonNode envelope,
        @Schema(description = LEFT_OUT) JsonNode payload,
        Integer rawChars) {

    private static final String LEFT_OUT =
            "Redacted. A list leaves it out where it is larger than 8 KiB; the event read by itself shows it.";

    static ParkedEventView of(Row row) {
        return new ParkedEventView(
                row.getUUID("id"),
                row.getString("service"),
                row.getUUID("company_id"),
                row.getUUID("event_id"),
                row.getString("stream"),
                row.getString("consumer"),
                row.getString("reason"),
                row.getString("state"),
                instant(row.getOffsetDateTime("parked_at")),
                instant(row.getOffsetDateTime("settled_at")),
                row.getString("settled_by"),
                row.getString("settled_reason"),
                Redacted.of(row.getString("envelope")),
                Redacted.of(row.getString("payload")),
                row.getInteger("raw_length"));
    }

    static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    Keeper keeper() {
        return Keeper.of(service);
    }
}
