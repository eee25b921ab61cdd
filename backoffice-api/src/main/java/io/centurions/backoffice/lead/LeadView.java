package io.centurions.backoffice.lead;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A lead in a list.
 *
 * @param stage one of {@link #STAGES}
 */
public record LeadView(
        UUID id,
        UUID companyId,
        String name,
        String phone,
        String email,
        String source,
        String stage,
        Integer score,
        Instant createdAt,
        Instant updatedAt) {

    static final String STAGES = "new|engaged|qualified|disqualified";

    static LeadView of(Row row) {
        return new LeadView(
                row.getUUID("id"),
                row.getUUID("company_id"),
                row.getString("name"),
                row.getString("phone"),
                row.getString("email"),
                row.getString("source"),
                row.getString("stage"),
                row.getInteger("score"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
