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

    private static final String ACCOUNT = """
            SELECT external_id
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

    /** The id of the account or bot that the secrets must be of, as the company named it; empty: it named none. */
    public Optional<String> account(CompanyId company, InstanceId instance) {
        return database.onceAsCompany(company, ACCOUNT, company.value(), instance.value()).stream()
                .findFirst()
                .map(row -> row.getString("external_id"));
    }

    private Optional<String> open(CompanyId company, InstanceId instance, String name) {
        return database.onceAsCompany(company, SEALED, company.value(), instance.value(), name).stream()
                .findFirst()
                .map(row -> row.getString("sealed"))
                .map(text -> secrets.open(company, name, text));
    }
}
