package io.centurions.backoffice.isolation;

import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Reads without saying for whom, on whichever connection comes: nothing of an earlier user may be left on it.
 */
@ApplicationScoped
class ClaimNothing implements Attack {

    private static final String ANY = "SELECT 'core.centurion_configs' AS what FROM core.centurion_configs LIMIT 1";

    private final Database database;

    ClaimNothing(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "no-claims";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        return database.call(ANY).stream().map(row -> row.getString("what")).toList();
    }
}
