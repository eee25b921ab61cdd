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
            "id, slug, name, schema_name, time_zone, locale, currency, status, status_reason, version, created_at, updated_at";

    // The id may be there already: a repeated request goes on with the company of the first one.
    private static final String INSERT = """
            INSERT INTO core.companies (id, slug, name, schema_name, time_zone, locale, currency)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String BECOME = """
            UPDATE core.companies
               SET status = $2::text, status_reason = $3::text,
                   archived_at = CASE WHEN $2::text = 'archived' THEN clock_timestamp() END,
                   version = version + 1, updated_at = clock_timestamp()
             WHERE id = $1
            """;

    private static final String CHANGE = """
            UPDATE core.companies
               SET name = $2, time_zone = $3, locale = $4, currency = $5,
                   version = version + 1, updated_at = clock_timestamp()
             WHERE id = $1
            """;

    private static final String KNOWS_TIME_ZONE = "SELECT core.is_time_zone_v1($1) AS known";

    private static final String HAS_DEALS =
            "SELECT EXISTS (SELECT FROM core.deals_index WHERE company_id = $1) AS has_deals";

    // Some thousand companies at most: the text is looked for in the order of the list, without an index of
    // its own.
    private static final String PAGE = """
            SELECT %s
              FROM core.companies
             WHERE ($1::uuid IS NULL OR id < $1::uuid) AND ($2::text IS NULL OR status = $2::text)
               AND ($3::text IS NULL OR position(lower($3::text) IN lower(name)) > 0)
             ORDER BY id DESC
             LIMIT $4
            """.formatted(COLUMNS);

    /** The database counts by it, and its list of names is not Java's. */
    void checkTimeZone(Tx tx, String name) {
        if (!tx.first(KNOWS_TIME_ZONE, name).orElseThrow().getBoolean("known")) {
            throw CompanyChange.timeZoneUnknown();
        }
    }

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

    /**
     * Locked, so that of two changes that were made for one version the second is told. Its key stays free:
     * every message that comes in refers to it and would wait for a stronger lock.
     */
    Optional<CompanyView> findForUpdate(Tx tx) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.companies WHERE id = $1 FOR NO KEY UPDATE",
                        tx.company().value())
                .map(CompanyView::of);
    }

    void change(Tx tx, CompanyChange change) {
        tx.execute(CHANGE, tx.company().value(), change.name(), change.timeZone(), change.locale(), change.currency());
    }

    void become(Tx tx, String status, String reason) {
        tx.execute(BECOME, tx.company().value(), status, reason);
    }

    boolean hasDeals(Tx tx) {
        return tx.first(HAS_DEALS, tx.company().value()).orElseThrow().getBoolean("has_deals");
    }

    List<CompanyView> page(Tx tx, UUID after, CompanyFilter filter, int limit) {
        return tx.query(PAGE, after, filter.status, filter.name(), limit).stream()
                .map(CompanyView::of)
                .toList();
    }
}
