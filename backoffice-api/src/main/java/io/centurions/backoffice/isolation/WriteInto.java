package io.centurions.backoffice.isolation;

import io.centurions.platform.tenancy.Database;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Writes rows in the other's name, changes and deletes the other's. Whatever gets through is rolled back. */
@ApplicationScoped
class WriteInto implements Attack {

    // Row-level security, or a privilege.
    private static final String REFUSED = "42501";

    private static final Map<String, String> WRITES = new TreeMap<>(Map.of(
            "insert",
            "INSERT INTO core.centurion_configs (company_id, id, name, draft) VALUES ($1, core.uuid7(), $2, '{}')",
            "update",
            "UPDATE core.centurion_configs SET name = $2 WHERE company_id = $1",
            "delete",
            "DELETE FROM core.channel_instances WHERE company_id = $1 AND name = $2"));

    private final Database database;

    WriteInto(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "write";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        return WRITES.entrySet().stream()
                .filter(write ->
                        touches(attacker, write.getValue(), victim.company().value(), victim.word()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean touches(Canary attacker, String sql, UUID company, String word) {
        try {
            return database.asCompany(attacker.company(), tx -> {
                throw new Touched(tx.execute(sql, company, word));
            });
        } catch (Touched touched) {
            return touched.rows > 0;
        } catch (PgException e) {
            if (REFUSED.equals(e.getSqlState())) {
                return false;
            }
            throw e;
        }
    }

    /** Ends the transaction without a commit. */
    private static final class Touched extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int rows;

        private Touched(int rows) {
            super(null, null, false, false);
            this.rows = rows;
        }
    }
}
