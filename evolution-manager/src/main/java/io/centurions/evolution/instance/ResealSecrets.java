package io.centurions.evolution.instance;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Seals with the key that seals now what older keys have sealed of our instances. A secret that changes
 * meanwhile is left alone. Twin of the job of the same name in backoffice-api, which does it for
 * everything else.
 */
@ApplicationScoped
class ResealSecrets implements OwnedJob {

    private static final Logger LOG = Logger.getLogger(ResealSecrets.class);

    private static final String COMPANIES = "SELECT company_id FROM core.list_whatsapp_companies_v1()";

    private static final String OLDER = """
            SELECT i.instance_id, e.key AS name, e.value AS sealed
              FROM core.whatsapp_instances i, jsonb_each_text(i.sealed) e
             WHERE i.company_id = $1 AND left(e.value, length($2::text)) <> $2::text
            """;

    private static final String REPLACE = """
            UPDATE core.whatsapp_instances SET sealed = jsonb_set(sealed, ARRAY[$3::text], to_jsonb($5::text))
             WHERE company_id = $1 AND instance_id = $2 AND sealed ->> $3::text = $4
            """;

    private final Database database;
    private final Secrets secrets;

    ResealSecrets(Database database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
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
        for (Row company : database.call(COMPANIES)) {
            if (!lease.stillMine()) {
                return;
            }
            database.runAsCompany(CompanyId.of(company.getUUID("company_id")), this::resealOf);
        }
    }

    private void resealOf(Tx tx) {
        for (Row row : tx.query(OLDER, tx.company().value(), secrets.mark())) {
            String name = row.getString("name");
            String sealed = row.getString("sealed");
            reopened(tx, name, sealed, row.getUUID("instance_id"))
                    .map(plain -> secrets.seal(tx.company(), name, plain))
                    .ifPresent(fresh ->
                            tx.execute(REPLACE, tx.company().value(), row.getUUID("instance_id"), name, sealed, fresh));
        }
    }

    private Optional<String> reopened(Tx tx, String name, String sealed, UUID instance) {
        try {
            return Optional.of(secrets.open(tx.company(), name, sealed));
        } catch (IllegalStateException e) {
            LOG.errorf("%s of instance %s: %s; runbook key-ring", name, instance, e.getMessage());
            return Optional.empty();
        }
    }
}
