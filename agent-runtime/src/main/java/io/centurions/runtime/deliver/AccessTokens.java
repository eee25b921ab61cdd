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

    // What sending found out itself has no reason. It says nothing of a webhook that is refused, nor, with a token of
    // another account, of this one.
    private static final String ACCESS = """
            SELECT sealed ->> 'access_token' AS sealed,
                   status = 'error' AND account_proved AND coalesce(status_reason, 'token-refused') = 'token-refused' AS stands_broken
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

    /**
     * What is sent with.
     *
     * @param token        a secret
     * @param standsBroken the instance is known as broken for a reason that the first bubble that leaves disproves
     */
    record Access(String token, boolean standsBroken) {

        /** Never shows the token. */
        @Override
        public String toString() {
            return "Access[standsBroken=" + standsBroken + "]";
        }
    }

    Optional<Access> access(CompanyId company, InstanceId instance) {
        return database.onceAsCompany(company, ACCESS, company.value(), instance.value()).stream()
                .filter(row -> row.getString("sealed") != null)
                .findFirst()
                .map(row -> new Access(
                        secrets.open(company, "access_token", row.getString("sealed")),
                        row.getBoolean("stands_broken")));
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
