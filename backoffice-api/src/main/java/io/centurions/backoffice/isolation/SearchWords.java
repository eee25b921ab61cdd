package io.centurions.backoffice.isolation;

import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Searches for a word that only the other's rows hold. */
@ApplicationScoped
class SearchWords implements Attack {

    private static final String SEARCH = """
            SELECT 'core.centurion_configs' AS what FROM core.centurion_configs WHERE name ILIKE $1
             UNION ALL
            SELECT 'core.channel_instances' FROM core.channel_instances WHERE name ILIKE $1
            """;

    private final Database database;

    SearchWords(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        return database.onceAsCompany(attacker.company(), SEARCH, "%" + victim.word() + "%").stream()
                .map(row -> row.getString("what"))
                .toList();
    }
}
