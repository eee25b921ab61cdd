package io.centurions.runtime.reply;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.LeadId;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * One conversation as it stood when it was read.
 *
 * @param state        {@code ai waiting_human human closed}
 * @param progress     what was heard and answered
 * @param burstStarted when the waiting burst began; null when none waits
 */
public record Conversation(
        CompanyId company,
        ConversationId id,
        LeadId lead,
        InstanceId instance,
        String channel,
        String state,
        Progress progress,
        Instant burstStarted) {

    /** The numbers that a commit compares. */
    public record Progress(long inboundSeq, long answeredSeq, long fence, long epoch) {}

    /** True when no person holds it or is waited for. */
    public boolean machineAnswers() {
        return "ai".equals(state);
    }

    /** From a row with the columns of this record, as anybody reads them. */
    public static Conversation of(CompanyId company, Row row) {
        OffsetDateTime started = row.getOffsetDateTime("burst_started_at");
        return new Conversation(
                company,
                ConversationId.of(row.getUUID("id")),
                LeadId.of(row.getUUID("lead_id")),
                InstanceId.of(row.getUUID("instance_id")),
                row.getString("channel"),
                row.getString("state"),
                new Progress(
                        row.getLong("inbound_seq"),
                        row.getLong("answered_seq"),
                        row.getLong("fence"),
                        row.getLong("epoch")),
                started == null ? null : started.toInstant());
    }
}
