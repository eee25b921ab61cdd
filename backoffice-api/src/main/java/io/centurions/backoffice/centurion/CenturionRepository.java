package io.centurions.backoffice.centurion;

import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code core.centurion_configs}. */
@ApplicationScoped
class CenturionRepository {

    private static final String COLUMNS = "id, company_id, name, draft::text AS draft, published::text AS published, "
            + "published_version, version, created_at, updated_at";

    private static final String INSERT =
            "INSERT INTO core.centurion_configs (company_id, id, name, draft) VALUES ($1, $2, $3, $4::text::jsonb)";

    private static final String UPDATE = """
            UPDATE core.centurion_configs
               SET name = coalesce($3::text, name), draft = $4::text::jsonb, version = version + 1,
                   updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2
            """;

    // The waiting times are copied to columns of their own: the intake reads them for every message.
    private static final String PUBLISH = """
            UPDATE core.centurion_configs g
               SET draft = $4::text::jsonb, published = p.config,
                   published_version = g.published_version + 1,
                   debounce_quiet_ms = (p.config #>> '{debounce,quietMs}')::int,
                   debounce_longest_ms = (p.config #>> '{debounce,longestMs}')::int,
                   version = g.version + 1, updated_at = clock_timestamp()
              FROM (SELECT $3::text::jsonb AS config) p
             WHERE g.company_id = $1 AND g.id = $2
            """;

    private static final String PAGE = """
            SELECT %s
              FROM core.centurion_configs
             WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid)
             ORDER BY id DESC
             LIMIT $3
            """.formatted(COLUMNS);

    private final ConfigJson json;

    CenturionRepository(ConfigJson json) {
        this.json = json;
    }

    void insert(Tx tx, UUID id, String name, CenturionConfig draft) {
        tx.execute(INSERT, tx.company().value(), id, name, json.write(draft));
    }

    void update(Tx tx, UUID id, String name, CenturionConfig draft) {
        tx.execute(UPDATE, tx.company().value(), id, name, json.write(draft));
    }

    void publish(Tx tx, UUID id, CenturionConfig config, CenturionConfig draft) {
        tx.execute(PUBLISH, tx.company().value(), id, json.write(config), json.write(draft));
    }

    Optional<CenturionView> find(Tx tx, UUID id) {
        return tx.first(
                        "SELECT " + COLUMNS + " FROM core.centurion_configs WHERE company_id = $1 AND id = $2",
                        tx.company().value(),
                        id)
                .map(this::view);
    }

    /** Locked, so that two people who publish at once get two versions. */
    Optional<CenturionView> findForUpdate(Tx tx, UUID id) {
        return tx.first(
                        "SELECT " + COLUMNS
                                + " FROM core.centurion_configs WHERE company_id = $1 AND id = $2 FOR UPDATE",
                        tx.company().value(),
                        id)
                .map(this::view);
    }

    List<CenturionView> page(Tx tx, UUID after, int limit) {
        return tx.query(PAGE, tx.company().value(), after, limit).stream()
                .map(this::view)
                .toList();
    }

    private CenturionView view(Row row) {
        return new CenturionView(
                row.getUUID("id"),
                row.getUUID("company_id"),
                row.getString("name"),
                json.read(row.getString("draft")),
                json.read(row.getString("published")),
                row.getInteger("published_version"),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
