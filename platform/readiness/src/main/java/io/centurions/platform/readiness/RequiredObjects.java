package io.centurions.platform.readiness;

import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Ready when the database answers and every table, column and function that this service was written against is
 * there. Services and migrations may start in any order: until then the service waits, and says what for.
 */
@Readiness
@ApplicationScoped
class RequiredObjects implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(RequiredObjects.class);

    private static final String MISSING = """
            SELECT r.name
              FROM unnest($1::text[]) AS r (name)
             WHERE CASE split_part(r.name, ':', 1)
                   WHEN 'table' THEN to_regclass(split_part(r.name, ':', 2)) IS NULL
                   WHEN 'column' THEN NOT EXISTS (
                       SELECT 1 FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = to_regclass(substring(r.name FROM ':(.*)[.]'))
                          AND a.attname = split_part(r.name, '.', 3) AND NOT a.attisdropped)
                   ELSE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_proc p
                                     WHERE p.pronamespace = to_regnamespace(split_part(split_part(r.name, ':', 2), '.', 1))
                                       AND p.proname = split_part(split_part(r.name, ':', 2), '.', 2))
                   END
            """;

    private final Database database;
    private final String[] required;
    private volatile boolean complete;

    RequiredObjects(Database database, @ConfigProperty(name = "centurions.requires") List<String> required) {
        this.database = database;
        this.required = required.toArray(String[]::new);
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("database");
        try {
            // Once complete, asking for the objects again would only cost: a migration never removes what we use.
            List<Row> missing = database.call(complete ? "SELECT 1 AS name WHERE false" : MISSING, arguments());
            if (missing.isEmpty()) {
                complete = true;
                return response.up().build();
            }
            String names = String.join(
                    ", ", missing.stream().map(row -> row.getString("name")).toList());
            LOG.warnf("not ready, missing: %s", names);
            return response.down().withData("missing", names).build();
        } catch (RuntimeException e) {
            LOG.warnf("not ready, the database does not answer: %s", e.getMessage());
            return response.down().withData("missing", "database").build();
        }
    }

    private Object[] arguments() {
        return complete ? new Object[0] : new Object[] {required};
    }
}
