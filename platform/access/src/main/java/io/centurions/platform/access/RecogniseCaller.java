package io.centurions.platform.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Tells which of our services a checked token belongs to. It must have the issuer's role for services, which
 * no person has: people who sign in by a service's client carry its name too. Nobody becomes a caller by a
 * role of that name in the token.
 */
@ApplicationScoped
class RecogniseCaller implements SecurityIdentityAugmentor {

    private static final String SERVICE = "service";

    private final AccessConfig config;

    RecogniseCaller(AccessConfig config) {
        this.config = config;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(claimsToBeService(identity) ? recognised(identity) : identity);
    }

    private static boolean claimsToBeService(SecurityIdentity identity) {
        return identity.getRoles().stream().anyMatch(role -> role.equals(SERVICE) || role.startsWith(Callers.PREFIX));
    }

    private SecurityIdentity recognised(SecurityIdentity identity) {
        Set<String> roles = identity.getRoles().stream()
                .filter(role -> !role.startsWith(Callers.PREFIX))
                .collect(Collectors.toSet());
        if (roles.contains(SERVICE)) {
            caller(identity).ifPresent(name -> roles.add(Callers.PREFIX + name));
        }
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addCredentials(identity.getCredentials())
                .addAttributes(identity.getAttributes())
                .addRoles(roles)
                .build();
    }

    private Optional<String> caller(SecurityIdentity identity) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return Optional.empty();
        }
        Set<String> named = config.clientClaims().stream()
                .map(claim -> token.<Object>getClaim(claim))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.toSet());
        return config.clients().entrySet().stream()
                .filter(service -> named.equals(Set.of(service.getValue())))
                .map(service -> service.getKey())
                .findFirst();
    }
}
