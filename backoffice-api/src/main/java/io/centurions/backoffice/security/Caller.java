package io.centurions.backoffice.security;

import io.centurions.platform.tenancy.Person;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The person behind this request, as their token and our own lists tell. */
@RequestScoped
public class Caller {

    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Works for the holding: every company is theirs to see. */
    public boolean holding() {
        return standing().holding();
    }

    /** Whether a company is theirs: any for the holding's people, the own one for all others. */
    public boolean mayEnter(UUID company) {
        return holding() || company.equals(standing().company());
    }

    /** The company of somebody who is not the holding's; empty when there is none. */
    public Optional<UUID> company() {
        return Optional.ofNullable(standing().company());
    }

    /** The issuer's id of the person. */
    public String subject() {
        return standing().claims().subject();
    }

    /** The one role that counts; empty for somebody who is signed in and nothing more. */
    public Optional<String> role() {
        return Optional.ofNullable(standing().role());
    }

    /** As the token names them. */
    public List<String> permissions() {
        return standing().claims().permissions();
    }

    /** The address that the issuer vouches for, in small letters; empty when it does not. */
    public Optional<String> verifiedEmail() {
        Claims claims = standing().claims();
        return Optional.ofNullable(claims.email()).filter(email -> claims.emailVerified());
    }

    /** For the audit trail and for reading across companies. */
    public Person person() {
        return new Person(subject(), role().orElse("none"));
    }

    private Standing standing() {
        Standing standing = identity.getAttribute(Standing.ATTRIBUTE);
        if (standing == null) {
            throw new IllegalStateException("nobody is signed in, yet somebody is asked for");
        }
        return standing;
    }
}
