package io.centurions.backoffice.lead;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One lead with all that led to it.
 *
 * @param attribution what brought it: ad click, page, campaign
 * @param evidence    by criterion, of the newest score; null before the first
 */
public record LeadDetail(
        @JsonUnwrapped LeadView lead,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) String attribution,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) String evidence,
        List<ConversationView> conversations) {

    /**
     * One conversation of the lead; its messages are read by its id.
     *
     * @param heldFor leads or modelSpend: what the company's plan has no room for, so that no machine answers; null
     *                otherwise
     */
    public record ConversationView(
            UUID id,
            String channel,
            String state,
            String heldFor,
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
                    row.getString("held_for"),
                    row.getUUID("instance_id"),
                    row.getLong("inbound_seq"),
                    row.getLong("answered_seq"),
                    last == null ? null : last.toInstant());
        }
    }
}
