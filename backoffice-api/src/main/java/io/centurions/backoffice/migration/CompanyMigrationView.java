package io.centurions.backoffice.migration;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * What a migration did to one company.
 *
 * @param ofProbe         a company of the isolation probe, which is in no other list: shown while it stands in the way
 * @param state           running (between two steps), waiting (for its next try), done or quarantined
 * @param templateVersion the last step its schema has
 * @param attempts        how often it could not be migrated
 * @param sqlState        PostgreSQL's code for why; null otherwise
 * @param reason          the step, and what PostgreSQL said of it without values; null otherwise
 */
public record CompanyMigrationView(
        UUID id,
        UUID companyId,
        boolean ofProbe,
        String state,
        int templateVersion,
        int attempts,
        String sqlState,
        String reason,
        Instant nextTryAt,
        Instant updatedAt) {

    static CompanyMigrationView of(Row row) {
        return new CompanyMigrationView(
                row.getUUID("id"),
                row.getUUID("company_id"),
                row.getBoolean("of_probe"),
                row.getString("state"),
                row.getInteger("template_version"),
                row.getInteger("attempts"),
                row.getString("sqlstate"),
                row.getString("reason"),
                row.getOffsetDateTime("next_try_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
