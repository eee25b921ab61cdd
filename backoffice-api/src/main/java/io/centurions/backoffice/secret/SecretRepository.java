package io.centurions.backoffice.secret;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code core.secrets}; reads everything of them but what they hold. */
@ApplicationScoped
class SecretRepository {

    private static final String COLUMNS =
            "id, name, coalesce(split_part(reference, ':', 1), 'sealed') AS kept, version, created_at, updated_at";

    private static final String INSERT = """
            INSERT INTO core.secrets (company_id, id, name, sealed, reference)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (company_id, name) DO NOTHING
            """;

    private static final String REPLACE = """
            UPDATE core.secrets
               SET sealed = $3, reference = $4, version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND name = $2
            """;

    private static final String ONE = "SELECT " + COLUMNS + " FROM core.secrets WHERE company_id = $1 AND name = $2";

    private static final String PAGE = """
            SELECT %s
              FROM core.secrets
             WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid)
             ORDER BY id DESC
             LIMIT $3
            """.formatted(COLUMNS);

    // Nothing calls for an archived company, whose tools stay as they were and could never let go of it.
    private static final String USERS = """
            SELECT u.name
              FROM (SELECT t.name FROM core.tool_configs t WHERE t.company_id = $1 AND t.config #>> '{auth,secretName}' = $2
                    UNION ALL
                    SELECT m.name FROM core.mcp_servers m WHERE m.company_id = $1 AND m.config #>> '{auth,secretName}' = $2) u
             WHERE NOT EXISTS (SELECT FROM core.companies k WHERE k.id = $1 AND k.status = 'archived')
             ORDER BY u.name
             LIMIT 5
            """;

    private final Secrets secrets;

    SecretRepository(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The name under which a secret is sealed: no other sealed thing of the company has it. */
    static String sealedName(String name) {
        return "secret:" + name;
    }

    /** False when somebody else has just made it. */
    boolean insert(Tx tx, UUID id, String name, SecretValue value) {
        return tx.execute(INSERT, tx.company().value(), id, name, sealed(tx, name, value), value.reference()) == 1;
    }

    void replace(Tx tx, String name, SecretValue value) {
        tx.execute(REPLACE, tx.company().value(), name, sealed(tx, name, value), value.reference());
    }

    void delete(Tx tx, String name) {
        tx.execute(
                "DELETE FROM core.secrets WHERE company_id = $1 AND name = $2",
                tx.company().value(),
                name);
    }

    Optional<SecretView> find(Tx tx, String name) {
        return tx.first(ONE, tx.company().value(), name).map(SecretView::of);
    }

    /** Locked, so that of two changes made for one version only the first is made. */
    Optional<SecretView> findForUpdate(Tx tx, String name) {
        return tx.first(ONE + " FOR UPDATE", tx.company().value(), name).map(SecretView::of);
    }

    List<SecretView> page(Tx tx, UUID after, int limit) {
        return tx.query(PAGE, tx.company().value(), after, limit).stream()
                .map(SecretView::of)
                .toList();
    }

    /** Names of tools and servers that call with it, a few of them; none of an archived company. */
    List<String> users(Tx tx, String name) {
        return tx.query(USERS, tx.company().value(), name).stream()
                .map(row -> row.getString("name"))
                .toList();
    }

    private String sealed(Tx tx, String name, SecretValue value) {
        return value.value() == null ? null : secrets.seal(tx.company(), sealedName(name), value.value());
    }
}
