package io.centurions.backoffice.isolation;

import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Asks for the other's things by their ids, without saying whose they are. */
@ApplicationScoped
class ReadById implements Attack {

    private static final String BY_ID = """
            SELECT 'core.companies' AS what FROM core.companies WHERE id = $1
             UNION ALL
            SELECT 'core.centurion_configs' FROM core.centurion_configs WHERE id = $2
             UNION ALL
            SELECT 'core.channel_instances' FROM core.channel_instances WHERE id = $3
            """;

    private final Database database;

    ReadById(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "by-id";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        return database
                .onceAsCompany(
                        attacker.company(), BY_ID, victim.company().value(), victim.centurion(), victim.instance())
                .stream()
                .map(row -> row.getString("what"))
                .toList();
    }
}
