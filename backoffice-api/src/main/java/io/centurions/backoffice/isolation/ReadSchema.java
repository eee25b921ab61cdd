package io.centurions.backoffice.isolation;

import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Names the other's schema in full, as code that chose the wrong one would. */
@ApplicationScoped
class ReadSchema implements Attack {

    private static final String NAMED = """
            SELECT '{schema}.services' AS what WHERE EXISTS (SELECT FROM "{schema}".services)
             UNION ALL
            SELECT '{schema}.pipeline_stages' WHERE EXISTS (SELECT FROM "{schema}".pipeline_stages)
            """;

    private final Database database;

    ReadSchema(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public List<String> attempt(Canary attacker, Canary victim) {
        return database.onceAsCompany(attacker.company(), NAMED.replace("{schema}", victim.schema())).stream()
                .map(row -> row.getString("what"))
                .toList();
    }
}
