package io.centurions.backoffice.apikey;

import io.centurions.backoffice.security.ApiKey;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code core.api_keys}; a key itself is in none of them. */
@ApplicationScoped
class ApiKeyRepository {

    private static final String COLUMNS =
            "id, name, prefix, scopes, expires_at, last_used_at, revoked_at, version, created_at, updated_at";

    private static final String INSERT = """
            INSERT INTO core.api_keys (company_id, id, name, prefix, hash, scopes, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String REVOKE = """
            UPDATE core.api_keys
               SET revoked_at = clock_timestamp(), version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2
            """;

    private static final String ONE = "SELECT " + COLUMNS + " FROM core.api_keys WHERE company_id = $1 AND id = $2";

    private static final String PAGE = """
            SELECT %s
              FROM core.api_keys
             WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid)
             ORDER BY id DESC
             LIMIT $3
            """.formatted(COLUMNS);

    void insert(Tx tx, ApiKey key, NewApiKey ask) {
        tx.execute(
                INSERT,
                tx.company().value(),
                key.id(),
                ask.name().strip(),
                key.prefix(),
                Buffer.buffer(key.hash()),
                ask.scopes().stream().distinct().sorted().toArray(String[]::new),
                utc(ask.expiresAt()));
    }

    void revoke(Tx tx, UUID id) {
        tx.execute(REVOKE, tx.company().value(), id);
    }

    Optional<ApiKeyView> find(Tx tx, UUID id) {
        return tx.first(ONE, tx.company().value(), id).map(ApiKeyView::of);
    }

    /** Locked, so that a key is revoked once. */
    Optional<ApiKeyView> findForUpdate(Tx tx, UUID id) {
        return tx.first(ONE + " FOR UPDATE", tx.company().value(), id).map(ApiKeyView::of);
    }

    List<ApiKeyView> page(Tx tx, UUID after, int limit) {
        return tx.query(PAGE, tx.company().value(), after, limit).stream()
                .map(ApiKeyView::of)
                .toList();
    }

    private static OffsetDateTime utc(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
