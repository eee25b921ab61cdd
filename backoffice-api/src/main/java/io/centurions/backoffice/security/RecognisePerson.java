package io.centurions.backoffice.security;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Turns the bearer of a checked token into somebody with one role of ours, or none. A deactivated person is
 * refused as if the token were not valid; while our lists cannot be read, nobody is let in.
 */
@ApplicationScoped
class RecognisePerson implements SecurityIdentityAugmentor {

    private final ReadClaims read;
    private final KnownPeople people;

    RecognisePerson(ReadClaims read, KnownPeople people) {
        this.read = read;
        this.people = people;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        // A program with a key has its standing from the key.
        if (identity.isAnonymous() || identity.getAttribute(Standing.ATTRIBUTE) != null) {
            return Uni.createFrom().item(identity);
        }
        return Uni.createFrom().deferred(() -> recognise(identity, context));
    }

    // Most requests find what is remembered; only a look-up leaves the thread that handles all requests.
    private Uni<SecurityIdentity> recognise(SecurityIdentity identity, AuthenticationRequestContext context) {
        Claims claims = claims(identity);
        return people.remembered(claims)
                .map(known -> Uni.createFrom().item(recognised(identity, claims, known)))
                .orElseGet(() -> context.runBlocking(() -> recognised(identity, claims, lookUp(claims))));
    }

    private Claims claims(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof JsonWebToken token && token.getRawToken() != null) {
            return read.ofChecked(token.getRawToken())
                    .orElseThrow(() -> new AuthenticationFailedException("the token has no subject"));
        }
        throw new AuthenticationFailedException("the token is no JWT");
    }

    private List<KnownPerson> lookUp(Claims claims) {
        try {
            return people.lookUp(claims);
        } catch (DatabaseUnavailable away) {
            throw new AuthenticationFailedException(away);
        }
    }

    private static SecurityIdentity recognised(SecurityIdentity identity, Claims claims, List<KnownPerson> known) {
        Standing standing = Standing.of(claims, known)
                .orElseThrow(() -> new AuthenticationFailedException("the person was deactivated"));
        // Built anew: of the roles that the token's reader found, only the one that counts here is left.
        var recognised = QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addCredentials(identity.getCredentials())
                .addAttributes(identity.getAttributes())
                .addAttribute(Standing.ATTRIBUTE, standing);
        if (standing.role() != null) {
            recognised.addRole(standing.role());
        }
        return recognised.build();
    }
}
