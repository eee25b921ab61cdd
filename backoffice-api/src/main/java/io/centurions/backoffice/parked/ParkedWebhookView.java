package io.centurions.backoffice.parked;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A webhook that a gateway kept: what came and when, never its content.
 *
 * @param service     that keeps it
 * @param companyId   null when it is too broken to tell
 * @param address     the path it came to
 * @param headerNames of the headers that are kept; values are not shown
 * @param bodyBytes   how long the body is
 * @param state       parked, reprocessed, discarded or applied
 * @param settledBy   the person's id with the issuer
 */
public record ParkedWebhookView(
        UUID id,
        String service,
        UUID companyId,
        UUID instanceId,
        String provider,
        String address,
        List<String> headerNames,
        int bodyBytes,
        String reason,
        String state,
        Instant receivedAt,
        Instant settledAt,
        String settledBy,
        String settledReason) {

    static ParkedWebhookView of(Row row) {
        return new ParkedWebhookView(
                row.getUUID("id"),
                row.getString("service"),
                row.getUUID("company_id"),
                row.getUUID("instance_id"),
                row.getString("provider"),
                row.getString("address"),
                new JsonObject(row.getString("headers"))
                        .fieldNames().stream().sorted().toList(),
                row.getInteger("body_length"),
                row.getString("reason"),
                row.getString("state"),
                ParkedEventView.instant(row.getOffsetDateTime("received_at")),
                ParkedEventView.instant(row.getOffsetDateTime("settled_at")),
                row.getString("settled_by"),
                row.getString("settled_reason"));
    }

    Keeper keeper() {
        return Keeper.of(service);
    }
}
