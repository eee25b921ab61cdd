package io.centurions.backoffice.lead;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One lead with all that led to it.
 *
 * @param attribution what brought it: ad click, page, campaign
 * @param evidence    by criterion, of the newest score; null before the first
 */
public record LeadDetail(
        @JsonUnwrapped LeadView lead,
        @JsonRawValue String attribution,
        @JsonRawValue String evidence,
        List<ConversationView> conversations) {

    /** One conversation of the lead; its messages are read by its id. */
    public record ConversationView(
            UUID id,
            String channel,
            String state,
            UUID instanceId,
            long inboundSeq,
            long answeredSeq,
            Instant lastInboundAt) {

        static ConversationView of(Row row) {
            var last = row.getOffsetDateTime("last_inbound_at");
            return new ConversationView(
                    row.getUUID("id"),
                    row.getString("channel"),
                    row.getString("state"),
                    row.getUUID("instance_id"),
                    row.getLong("inbound_seq"),
                    row.getLong("answered_seq"),
                    last == null ? null : last.toInstant());
        }
    }
}
