package io.centurions.backoffice.deal;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A deal as the index mirrors it.
 *
 * @param status one of {@link #STATUSES}
 * @param stage  column of the company's board
 */
public record DealView(
        UUID id,
        UUID companyId,
        UUID leadId,
        String schemaName,
        String title,
        String status,
        String stage,
        long valueCents,
        String currency,
        UUID contractId,
        Instant createdAt,
        Instant updatedAt) {

    static final String STATUSES = "open|won|lost";

    static DealView of(Row row) {
        return new DealView(
                row.getUUID("deal_id"),
                row.getUUID("company_id"),
                row.getUUID("core_lead_id"),
                row.getString("schema_name"),
                row.getString("title"),
                row.getString("status"),
                row.getString("stage"),
                row.getLong("value_cents"),
                row.getString("currency"),
                row.getUUID("contract_id"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
