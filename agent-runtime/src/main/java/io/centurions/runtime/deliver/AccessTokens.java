package io.centurions.runtime.deliver;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Opens the secrets of a channel instance for the one who is about to send them to the provider. Nothing is remembered. */
@ApplicationScoped
public class AccessTokens {

    private static final String SEALED = """
            SELECT sealed ->> $3 AS sealed
              FROM core.channel_instances
             WHERE company_id = $1 AND id = $2 AND deleted_at IS NULL
            """;

    private final Database database;
    private final Secrets secrets;

    AccessTokens(Database database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    public Optional<String> accessToken(CompanyId company, InstanceId instance) {
        return open(company, instance, "access_token");
    }

    public Optional<String> webhookSecret(CompanyId company, InstanceId instance) {
        return open(company, instance, "webhook_secret");
    }

    private Optional<String> open(CompanyId company, InstanceId instance, String name) {
        return database.onceAsCompany(company, SEALED, company.value(), instance.value(), name).stream()
                .findFirst()
                .map(row -> row.getString("sealed"))
                .map(text -> secrets.open(company, name, text));
    }
}
