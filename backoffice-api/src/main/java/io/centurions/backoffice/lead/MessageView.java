package io.centurions.backoffice.lead;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** One message of a conversation, the lead's or a bubble of ours. */
public record MessageView(
        UUID id,
        String direction,
        String author,
        Long seq,
        UUID replyId,
        Integer position,
        String purpose,
        String kind,
        String text,
        String transcript,
        String status,
        String failure,
        Instant sentAt,
        Instant writtenAt,
        Instant createdAt) {

    static MessageView of(Row row) {
        return new MessageView(
                row.getUUID("id"),
                row.getString("direction"),
                row.getString("author"),
                row.getLong("seq"),
                row.getUUID("reply_id"),
                row.getInteger("position"),
                row.getString("purpose"),
                row.getString("kind"),
                row.getString("text"),
                row.getString("transcript"),
                row.getString("status"),
                row.getString("failure"),
                instant(row.getOffsetDateTime("sent_at")),
                instant(row.getOffsetDateTime("written_at")),
                instant(row.getOffsetDateTime("created_at")));
    }

    private static Instant instant(OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
