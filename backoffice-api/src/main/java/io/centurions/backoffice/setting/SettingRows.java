package io.centurions.backoffice.setting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of one kind of setting; all kinds have the same columns. */
final class SettingRows<T extends Checked> {

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String COLUMNS =
            "id, company_id, centurion_id, name, enabled, config::text AS config, version, created_at, updated_at";

    private final Kind<T> kind;
    private final ObjectMapper json;
    private final String insert;
    private final String update;
    private final String one;
    private final String page;

    SettingRows(Kind<T> kind, ObjectMapper json) {
        this.kind = kind;
        this.json = json;
        String table = "core." + kind.table();
        insert = """
                INSERT INTO %s (company_id, id, centurion_id, name, enabled, config)
                VALUES ($1, $2, $3, $4, $5, $6::text::jsonb)
                """.formatted(table);
        update = """
                UPDATE %s
                   SET centurion_id = $3, name = $4, enabled = $5, config = $6::text::jsonb, version = version + 1,
                       updated_at = clock_timestamp()
                 WHERE company_id = $1 AND id = $2
                """.formatted(table);
        one = "SELECT %s FROM %s WHERE company_id = $1 AND id = $2".formatted(COLUMNS, table);
        page = """
                SELECT %s
                  FROM %s
                 WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid)
                 ORDER BY id DESC
                 LIMIT $3
                """.formatted(COLUMNS, table);
    }

    void insert(Tx tx, UUID id, Wanted<T> wanted) {
        write(tx, insert, id, wanted);
    }

    void update(Tx tx, UUID id, Wanted<T> wanted) {
        write(tx, update, id, wanted);
    }

    void delete(Tx tx, UUID id) {
        tx.execute(
                "DELETE FROM core." + kind.table() + " WHERE company_id = $1 AND id = $2",
                tx.company().value(),
                id);
    }

    Optional<Setting<T>> find(Tx tx, UUID id) {
        return tx.first(one, tx.company().value(), id).map(this::setting);
    }

    /** Locked, so that of two changes made for one version only the first is made. */
    Optional<Setting<T>> findForUpdate(Tx tx, UUID id) {
        return tx.first(one + " FOR UPDATE", tx.company().value(), id).map(this::setting);
    }

    List<Setting<T>> page(Tx tx, UUID after, int limit) {
        return tx.query(page, tx.company().value(), after, limit).stream()
                .map(this::setting)
                .toList();
    }

    private void write(Tx tx, String statement, UUID id, Wanted<T> wanted) {
        try {
            tx.execute(
                    statement,
                    tx.company().value(),
                    id,
                    wanted.centurionId(),
                    wanted.name().strip(),
                    wanted.enabled(),
                    json.writeValueAsString(wanted.config()));
        } catch (PgException e) {
            if (UNIQUE_VIOLATION.equals(e.getSqlState())) {
                throw Problem.conflict("name-taken", "this company has another " + kind.word() + " of this name");
            }
            throw e;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a " + kind.word(), e);
        }
    }

    private Setting<T> setting(Row row) {
        try {
            return new Setting<>(
                    row.getUUID("id"),
                    row.getUUID("company_id"),
                    row.getUUID("centurion_id"),
                    row.getString("name"),
                    row.getBoolean("enabled"),
                    json.readValue(row.getString("config"), kind.config()),
                    row.getInteger("version"),
                    row.getOffsetDateTime("created_at").toInstant(),
                    row.getOffsetDateTime("updated_at").toInstant());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + kind.word() + " cannot be read", e);
        }
    }
}
