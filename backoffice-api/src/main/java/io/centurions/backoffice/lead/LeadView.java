package io.centurions.backoffice.lead;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A lead in a list.
 *
 * @param stage         one of {@link #STAGES}
 * @param overPlanSince since when the company's plan has no room for the lead, so that no machine answers them;
 *                      null: it has
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
        Instant overPlanSince,
        Instant createdAt,
        Instant updatedAt) {

    static final String STAGES = "new|engaged|qualified|disqualified";

    static LeadView of(Row row) {
        OffsetDateTime over = row.getOffsetDateTime("over_plan_at");
        return new LeadView(
                row.getUUID("id"),
                row.getUUID("company_id"),
                row.getString("name"),
                row.getString("phone"),
                row.getString("email"),
                row.getString("source"),
                row.getString("stage"),
                row.getInteger("score"),
                over == null ? null : over.toInstant(),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
