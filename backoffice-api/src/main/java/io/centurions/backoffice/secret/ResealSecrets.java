package io.centurions.backoffice.secret;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Seals with the key that seals now whatever older keys have sealed: secrets, tokens of pixels and of
 * channels. Each row is replaced only if it still is what was opened, so a person who stores a new value
 * meanwhile loses nothing. Its twin for WhatsApp's own secrets is in evolution-manager, by the same name.
 */
@ApplicationScoped
public class ResealSecrets implements OwnedJob {

    private static final Logger LOG = Logger.getLogger(ResealSecrets.class);
    private static final int COMPANIES = 100;

    private static final String COMPANIES_WITH_OLDER =
            "SELECT company_id, older FROM core.sealed_by_older_keys_v1($1, $2, $3)";

    private static final String OF_WHATSAPP = "SELECT core.whatsapp_sealed_by_older_keys_v1($1) AS older";

    private static final String OLDER = """
            SELECT s.place, s.id, s.name, s.sealed
              FROM (SELECT 'secret' AS place, t.id, 'secret:' || t.name AS name, t.sealed
                      FROM core.secrets t
                     WHERE t.company_id = $1 AND t.sealed IS NOT NULL
                    UNION ALL
                    SELECT 'pixel', p.id, 'access_token', p.sealed_access_token
                      FROM core.pixel_configs p
                     WHERE p.company_id = $1 AND p.sealed_access_token IS NOT NULL
                    UNION ALL
                    SELECT 'channel', i.id, e.key, e.value
                      FROM core.channel_instances i, jsonb_each_text(i.sealed) e
                     WHERE i.company_id = $1) s
             WHERE left(s.sealed, length($2::text)) <> $2::text
            """;

    // All take the same parameters; a value that changed meanwhile matches no more.
    private static final Map<String, String> REPLACE = Map.of("secret", """
            UPDATE core.secrets SET sealed = $5
             WHERE company_id = $1 AND id = $2 AND 'secret:' || name = $3::text AND sealed = $4
            """, "pixel", """
            UPDATE core.pixel_configs SET sealed_access_token = $5
             WHERE company_id = $1 AND id = $2 AND $3::text = 'access_token' AND sealed_access_token = $4
            """, "channel", """
            UPDATE core.channel_instances SET sealed = jsonb_set(sealed, ARRAY[$3::text], to_jsonb($5::text))
             WHERE company_id = $1 AND id = $2 AND sealed ->> $3::text = $4
            """);

    private final Database database;
    private final Secrets secrets;

    ResealSecrets(Database database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /**
     * What one run did.
     *
     * @param unreadable that no key of the ring opens
     */
    public record Resealed(int resealed, int unreadable) {

        Resealed and(Resealed other) {
            return new Resealed(resealed + other.resealed, unreadable + other.unreadable);
        }
    }

    @Override
    public String name() {
        return "reseal-secrets";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run(Lease lease) {
        Resealed done = reseal(lease);
        if (done.resealed() > 0) {
            LOG.infof("%d secrets are sealed with the key that seals now", done.resealed());
        }
        if (done.unreadable() > 0) {
            LOG.errorf("%d secrets are opened by no key of the ring; runbook key-ring", done.unreadable());
        }
    }

    /** How many of all companies' secrets older keys have sealed, those of WhatsApp's instances among them. */
    public long older() {
        long ours = database.call(COMPANIES_WITH_OLDER, secrets.mark(), null, Integer.MAX_VALUE).stream()
                .mapToLong(row -> row.getInteger("older"))
                .sum();
        return ours + database.call(OF_WHATSAPP, secrets.mark()).getFirst().getLong("older");
    }

    /** All companies', one after the other, until they are done or the lease is lost. */
    public Resealed reseal(Lease lease) {
        Resealed done = new Resealed(0, 0);
        UUID after = null;
        List<Row> companies;
        do {
            companies = database.call(COMPANIES_WITH_OLDER, secrets.mark(), after, COMPANIES);
            for (Row company : companies) {
                if (!lease.stillMine()) {
                    return done;
                }
                after = company.getUUID("company_id");
                done = done.and(database.asCompany(CompanyId.of(after), this::resealOf));
            }
        } while (companies.size() == COMPANIES);
        return done;
    }

    private Resealed resealOf(Tx tx) {
        Resealed done = new Resealed(0, 0);
        for (Row row : tx.query(OLDER, tx.company().value(), secrets.mark())) {
            done = done.and(reseal(tx, row));
        }
        return done;
    }

    private Resealed reseal(Tx tx, Row row) {
        String name = row.getString("name");
        String sealed = row.getString("sealed");
        Optional<String> plain = reopened(tx, name, sealed);
        if (plain.isEmpty()) {
            LOG.warnf("%s %s cannot be opened", row.getString("place"), row.getUUID("id"));
            return new Resealed(0, 1);
        }
        String fresh = secrets.seal(tx.company(), name, plain.get());
        int replaced = tx.execute(
                REPLACE.get(row.getString("place")), tx.company().value(), row.getUUID("id"), name, sealed, fresh);
        return new Resealed(replaced, 0);
    }

    // Nothing else is caught: a statement that fails, or a lost database, ends the company's transaction.
    private Optional<String> reopened(Tx tx, String name, String sealed) {
        try {
            return Optional.of(secrets.open(tx.company(), name, sealed));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }
}
