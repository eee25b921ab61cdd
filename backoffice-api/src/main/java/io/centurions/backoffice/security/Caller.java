package io.centurions.backoffice.security;

import io.centurions.platform.tenancy.Person;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The person behind this request, as their token tells. */
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;
    private final JsonWebToken token;

    Caller(SecurityIdentity identity, JsonWebToken token) {
        this.identity = identity;
        this.token = token;
    }

    /** Works for the holding: every company is theirs to see. */
    public boolean holding() {
        return identity.hasRole(Roles.SUPER_ADMIN)
                || identity.hasRole(Roles.BACKOFFICE_ADMIN)
                || identity.hasRole(Roles.AI_SUPERVISOR);
    }

    /** Whether a company is theirs: any for the holding's people, the one in the token for all others. */
    public boolean mayEnter(UUID company) {
        return holding() || company.toString().equals(ownCompany().orElse(null));
    }

    /** The company of somebody who is not the holding's; empty when the token names none that could be one. */
    public Optional<UUID> company() {
        try {
            return ownCompany().map(UUID::fromString);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** For the audit trail and for reading across companies. */
    public Person person() {
        return new Person(
                token.getSubject(),
                identity.getRoles().stream().sorted().findFirst().orElse("none"));
    }

    // user_metadata is never read: its owner can write it.
    private Optional<String> ownCompany() {
        Object claim = token.getClaim("company_id");
        if (claim == null && token.getClaim("app_metadata") instanceof JsonObject metadata) {
            claim = metadata.get("company_id");
        }
        return switch (claim) {
            case null -> Optional.empty();
            case JsonString text -> Optional.of(text.getString());
            default -> Optional.of(claim.toString());
        };
    }
}
