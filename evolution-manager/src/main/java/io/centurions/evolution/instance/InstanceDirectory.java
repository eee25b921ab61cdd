package io.centurions.evolution.instance;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the company of an instance, or all that have some, before any company is known. The company found for an instance is
 * remembered for half a minute in this replica, and forgotten here at once when it changes: another replica may take a deleted
 * instance for a living one that long, and the intake decides again by the row.
 */
@ApplicationScoped
public class InstanceDirectory {

    private static final Duration REMEMBERED = Duration.ofSeconds(30);
    private static final String FIND = "SELECT * FROM core.find_whatsapp_instance_v1($1)";
    private static final String COMPANIES = "SELECT company_id FROM core.list_whatsapp_companies_v1()";

    private final Database database;
    private final Clock clock = Clock.systemUTC();
    private final Map<InstanceId, Remembered> remembered = new ConcurrentHashMap<>();

    InstanceDirectory(Database database) {
        this.database = database;
    }

    private record Remembered(InstanceAddress address, Instant until) {}

    /** The address, or nothing for one that never was ours. A deleted one is still found. */
    public Optional<InstanceAddress> find(InstanceId instance) {
        Remembered known = remembered.get(instance);
        if (known != null && clock.instant().isBefore(known.until)) {
            return Optional.of(known.address);
        }
        Optional<InstanceAddress> found = look(instance);
        found.ifPresent(address ->
                remembered.put(instance, new Remembered(address, clock.instant().plus(REMEMBERED))));
        return found;
    }

    /** The companies that have instances: whoever looks at all instances asks as one company after the other. */
    public List<CompanyId> companies() {
        return database.call(COMPANIES).stream()
                .map(row -> CompanyId.of(row.getUUID("company_id")))
                .toList();
    }

    void forget(InstanceId instance) {
        remembered.remove(instance);
    }

    private Optional<InstanceAddress> look(InstanceId instance) {
        List<Row> rows = database.call(FIND, instance.value());
        return rows.stream()
                .findFirst()
                .map(row -> new InstanceAddress(
                        instance,
                        CompanyId.of(row.getUUID("company_id")),
                        row.getBuffer("webhook_secret_hash").getBytes(),
                        row.getString("evolution_name"),
                        row.getBoolean("deleted")));
    }
}
