package io.centurions.backoffice.company;

import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code core.companies}. */
@ApplicationScoped
class CompanyRepository {

    private static final String COLUMNS =
            "id, slug, name, schema_name, time_zone, locale, currency, status, status_reason, created_at, updated_at";

    // The id may be there already: a repeated request goes on with the company of the first one.
    private static final String INSERT = """
            INSERT INTO core.companies (id, slug, name, schema_name, time_zone, locale, currency)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String BECOME_ACTIVE = """
            UPDATE core.companies
               SET status = 'active', status_reason = NULL, updated_at = clock_timestamp()
             WHERE id = $1 AND status IN ('provisioning', 'failed')
            """;

    private static final String BECOME_FAILED = """
            UPDATE core.companies
               SET status = 'failed', status_reason = $2, updated_at = clock_timestamp()
             WHERE id = $1 AND status IN ('provisioning', 'failed')
            """;

    private static final String PAGE = """
            SELECT %s
              FROM core.companies
             WHERE ($1::uuid IS NULL OR id < $1::uuid) AND ($2::text IS NULL OR status = $2::text)
             ORDER BY id DESC
             LIMIT $3
            """.formatted(COLUMNS);

    boolean insert(Tx tx, Slug slug, NewCompany company) {
        return tx.execute(
                        INSERT,
                        tx.company().value(),
                        slug.value(),
                        company.name().strip(),
                        slug.schemaName(),
                        company.timeZone(),
                        company.locale(),
                        company.currency())
                == 1;
    }

    Optional<CompanyView> find(Tx tx, UUID id) {
        return tx.first("SELECT " + COLUMNS + " FROM core.companies WHERE id = $1", id)
                .map(CompanyView::of);
    }

    boolean becomeActive(Tx tx) {
        return tx.execute(BECOME_ACTIVE, tx.company().value()) == 1;
    }

    void becomeFailed(Tx tx, String reason) {
        tx.execute(BECOME_FAILED, tx.company().value(), reason);
    }

    List<CompanyView> page(Tx tx, UUID after, String status, int limit) {
        return tx.query(PAGE, after, status, limit).stream()
                .map(CompanyView::of)
                .toList();
    }
}
