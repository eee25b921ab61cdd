package io.centurions.runtime.intake;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.tenancy.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Whose a webhook address or account is.
 *
 * <p>Instances found by their id are remembered for a few seconds, so that a burst of webhooks costs one look-up; what was
 * not found is asked again each time. An id stays its company's, and a deletion in between is seen by the intake function
 * itself. An account does not: it may be another company's by now, so it is asked for with each body.
 */
@ApplicationScoped
public class InstanceAddresses {

    private static final String BY_ACCOUNTS = """
            SELECT a.account, f.*
              FROM unnest($2::text[]) AS a (account)
             CROSS JOIN LATERAL core.find_instance_by_account_v1($1, a.account) AS f
            """;

    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int REMEMBERED_MOST = 10_000;

    private final Database database;
    private final Clock clock;
    private final Map<UUID, Remembered> remembered = new ConcurrentHashMap<>();

    InstanceAddresses(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The instance behind an address that we gave out. */
    public Optional<InstanceAddress> byId(UUID id) {
        Instant now = clock.instant();
        Remembered known = remembered.get(id);
        if (known != null && known.until().isAfter(now)) {
            return Optional.of(known.address());
        }
        var found = first(database.call("SELECT * FROM core.find_instance_v1($1::uuid)", id), id);
        if (remembered.size() >= REMEMBERED_MOST) {
            remembered.clear();
        }
        found.ifPresent(address -> remembered.put(id, new Remembered(address, now.plus(REMEMBERED))));
        return found;
    }

    /** As {@link #byId}, but asked anew: the secret may just have been changed. */
    public Optional<InstanceAddress> byIdNow(UUID id) {
        remembered.remove(id);
        return byId(id);
    }

    /**
     * The instances of the accounts that a provider named in a signed body, by account; without those that are nobody's.
     * One look-up, however many there are.
     */
    public Map<String, InstanceAddress> byAccounts(String channel, Set<String> accounts) {
        if (accounts.isEmpty()) {
            return Map.of();
        }
        return database.call(BY_ACCOUNTS, channel, accounts.toArray(String[]::new)).stream()
                .collect(Collectors.toMap(row -> row.getString("account"), row -> address(row, null)));
    }

    private static Optional<InstanceAddress> first(List<Row> rows, UUID id) {
        return rows.stream().findFirst().map(row -> address(row, id));
    }

    private static InstanceAddress address(Row row, UUID id) {
        int hashColumn = row.getColumnIndex("webhook_secret_hash");
        Buffer hash = hashColumn < 0 ? null : row.getBuffer(hashColumn);
        return new InstanceAddress(
                InstanceId.of(id == null ? row.getUUID("id") : id),
                CompanyId.of(row.getUUID("company_id")),
                id == null ? null : row.getString("channel"),
                Boolean.TRUE.equals(row.getBoolean("deleted")),
                hash == null ? new byte[0] : hash.getBytes());
    }

    private record Remembered(InstanceAddress address, Instant until) {}
}
