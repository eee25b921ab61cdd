package io.centurions.backoffice.channel;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A channel instance as people see it; its secrets stay where they are.
 *
 * @param account      its address at the provider
 * @param status       new, connecting, qr_ready, connected, disconnected, error or deleted
 * @param statusReason a code, for error, or for the last attempt to connect that was not answered; null otherwise
 * @param qr           what a phone scans; only when one channel is read or connected, while there is one
 * @param version      raised by each change that a person makes, not by what its gateway reports
 */
public record ChannelView(
        UUID id,
        UUID companyId,
        UUID centurionId,
        String channel,
        String name,
        String account,
        String status,
        String statusReason,
        QrView qr,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** A QR code as an image and as text, or a code to type instead. */
    public record QrView(String base64, String code, String pairingCode) {}

    static ChannelView of(Row row) {
        return new ChannelView(
                row.getUUID("id"),
                row.getUUID("company_id"),
                row.getUUID("centurion_id"),
                row.getString("channel"),
                row.getString("name"),
                row.getString("external_id"),
                row.getString("status"),
                row.getString("status_reason"),
                null,
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    /** With what the gateway knows now, which is newer than our row. */
    ChannelView seenAs(Live live) {
        return new ChannelView(
                id,
                companyId,
                centurionId,
                channel,
                name,
                account,
                live.status() == null ? status : live.status(),
                statusReason,
                live.qr(),
                version,
                createdAt,
                updatedAt);
    }

    boolean onWhatsapp() {
        return channel.equals("whatsapp");
    }

    boolean works() {
        return status.equals("connected");
    }

    /** Whether it is as it is because what was last tried did not come about. */
    boolean lastTryFailed() {
        return status.equals("error") || statusReason != null;
    }

    boolean gone() {
        return status.equals("deleted");
    }
}
