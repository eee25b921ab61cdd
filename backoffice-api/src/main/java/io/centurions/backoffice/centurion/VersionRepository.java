package io.centurions.backoffice.centurion;

import io.centurions.backoffice.security.Caller;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code core.centurion_versions}, which are written once. */
@ApplicationScoped
class VersionRepository {

    private static final String INSERT = """
            INSERT INTO core.centurion_versions (company_id, centurion_id, number, config, restored_from, published_by)
            VALUES ($1, $2, $3, $4::text::jsonb, $5, $6)
            """;

    private static final String ONE = """
            SELECT id, centurion_id, number, config::text AS config, restored_from, published_by, published_at
              FROM core.centurion_versions
             WHERE company_id = $1 AND centurion_id = $2 AND number = $3
            """;

    // Without the configurations: a page of them may be megabytes.
    private static final String PAGE = """
            SELECT id, centurion_id, number, NULL::text AS config, restored_from, published_by, published_at
              FROM core.centurion_versions
             WHERE company_id = $1 AND centurion_id = $2 AND ($3::uuid IS NULL OR id < $3::uuid)
             ORDER BY id DESC
             LIMIT $4
            """;

    private final ConfigJson json;
    private final Caller caller;

    VersionRepository(ConfigJson json, Caller caller) {
        this.json = json;
        this.caller = caller;
    }

    /**
     * In the name of whoever asked for it.
     *
     * @param restoredFrom null where a draft was published
     */
    void insert(Tx tx, UUID centurion, int number, CenturionConfig config, Integer restoredFrom) {
        tx.execute(
                INSERT,
                tx.company().value(),
                centurion,
                number,
                json.write(config),
                restoredFrom,
                caller.person().subject());
    }

    Optional<CenturionVersion> find(Tx tx, UUID centurion, int number) {
        return tx.first(ONE, tx.company().value(), centurion, number).map(this::version);
    }

    List<CenturionVersion> page(Tx tx, UUID centurion, UUID after, int limit) {
        return tx.query(PAGE, tx.company().value(), centurion, after, limit).stream()
                .map(this::version)
                .toList();
    }

    private CenturionVersion version(Row row) {
        return new CenturionVersion(
                row.getUUID("id"),
                row.getUUID("centurion_id"),
                row.getInteger("number"),
                json.read(row.getString("config")),
                row.getInteger("restored_from"),
                row.getString("published_by"),
                row.getOffsetDateTime("published_at").toInstant());
    }
}
