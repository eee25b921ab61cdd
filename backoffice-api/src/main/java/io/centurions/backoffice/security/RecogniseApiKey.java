package io.centurions.backoffice.security;

import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Turns an API key into somebody of its company, with the roles that its scopes stand for. Asked at each
 * request: a key that is revoked, or whose company is suspended or archived, opens nothing from then on.
 */
@ApplicationScoped
class RecogniseApiKey implements IdentityProvider<ApiKeyRequest> {

    private static final String USE = "SELECT company_id, scopes FROM core.use_api_key_v1($1, $2, $3)";

    // The last is no company's to give: the database knows it of the probe's own two companies alone.
    private static final Map<String, String> ROLE_OF_SCOPE =
            Map.of("crm", Roles.CRM_USER, "marketing", Roles.MARKETING_ADMIN, "canary", Roles.COMPANY_ADMIN);

    private final Database database;
    private final Clock clock;

    RecogniseApiKey(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Class<ApiKeyRequest> getRequestType() {
        return ApiKeyRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(ApiKeyRequest request, AuthenticationRequestContext context) {
        return context.runBlocking(() -> recognised(request.sent()));
    }

    private SecurityIdentity recognised(String sent) {
        ApiKey key = ApiKey.read(sent).orElseThrow(() -> new AuthenticationFailedException("this is no key of ours"));
        List<Row> found = use(key);
        if (found.isEmpty()) {
            throw new AuthenticationFailedException("the key is unknown, expired or revoked, or its company is closed");
        }
        UUID company = found.getFirst().getUUID("company_id");
        // A scope that a newer release brought is none of ours.
        List<String> roles = Stream.of(found.getFirst().getArrayOfStrings("scopes"))
                .map(ROLE_OF_SCOPE::get)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        if (roles.isEmpty()) {
            throw new AuthenticationFailedException("the key has no scope that is known here");
        }
        String subject = "api-key:" + key.id();
        var claims = new Claims(subject, roles.getFirst(), company, List.of(), null, false);
        var identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(subject))
                .addAttribute(Standing.ATTRIBUTE, new Standing(claims, roles.getFirst(), company, false));
        roles.forEach(identity::addRole);
        return identity.build();
    }

    private List<Row> use(ApiKey key) {
        try {
            return database.call(
                    USE, key.id(), Buffer.buffer(key.hash()), clock.instant().atOffset(ZoneOffset.UTC));
        } catch (DatabaseUnavailable away) {
            throw new AuthenticationFailedException(away);
        }
    }
}
