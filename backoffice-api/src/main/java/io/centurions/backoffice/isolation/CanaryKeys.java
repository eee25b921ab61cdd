package io.centurions.backoffice.isolation;

import io.centurions.backoffice.security.ApiKey;
import io.centurions.platform.tenancy.Database;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Gives a canary a key for a round of attacks, by which it is an administrator of its own company and nobody
 * anywhere else. The key is in this process alone, and the next one replaces it.
 */
@ApplicationScoped
class CanaryKeys {

    private static final String BIND = """
            INSERT INTO core.api_keys (company_id, id, name, prefix, hash, scopes, expires_at)
            VALUES ($1, $2, 'isolation probe', $3, $4, '{canary}', clock_timestamp() + interval '5 minutes')
            ON CONFLICT (company_id, id) DO UPDATE
               SET prefix = excluded.prefix, hash = excluded.hash, expires_at = excluded.expires_at,
                   updated_at = clock_timestamp()
            """;

    private final Database database;

    CanaryKeys(Database database) {
        this.database = database;
    }

    String bind(Canary canary) {
        ApiKey key = ApiKey.of(canary.key());
        database.onceAsCompany(
                canary.company(), BIND, canary.company().value(), key.id(), key.prefix(), Buffer.buffer(key.hash()));
        return key.text();
    }
}
