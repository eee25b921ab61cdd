package io.centurions.backoffice.security;

import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds in the token of any issuer what we need to know. The token has been checked before: signature,
 * issuer, audience and time. A path that does not hold what it should is as if it were not there.
 */
@ApplicationScoped
class ReadClaims {

    private final List<ClaimPath> role;
    private final List<ClaimPath> company;
    private final List<ClaimPath> permissions;
    private final List<ClaimPath> emailVerified;
    private final boolean emailsAreVerified;

    ReadClaims(ClaimsConfig config) {
        this.role = paths(config.role());
        this.company = paths(config.company());
        this.permissions = paths(config.permissions());
        this.emailVerified = paths(config.emailVerified());
        this.emailsAreVerified = config.emailsAreVerified();
    }

    /** Empty when the token does not say whose it is. */
    Optional<Claims> ofChecked(String token) {
        String content = token.split("\\.")[1];
        return of(new JsonObject(new String(Base64.getUrlDecoder().decode(content), StandardCharsets.UTF_8)));
    }

    Optional<Claims> of(JsonObject token) {
        if (!(token.getValue("sub") instanceof String subject) || subject.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new Claims(
                subject, roleIn(token), companyIn(token), permissionsIn(token), emailIn(token), verifiedIn(token)));
    }

    private String roleIn(JsonObject token) {
        for (ClaimPath path : role) {
            List<String> there = path.in(token);
            for (String ours : Roles.ALL) {
                if (there.contains(ours)) {
                    return ours;
                }
            }
        }
        return null;
    }

    private UUID companyIn(JsonObject token) {
        for (ClaimPath path : company) {
            List<String> there = path.in(token);
            // Two companies in one token are no choice of ours.
            if (!there.isEmpty()) {
                return there.size() == 1 ? uuid(there.getFirst()) : null;
            }
        }
        return null;
    }

    private List<String> permissionsIn(JsonObject token) {
        return permissions.stream()
                .map(path -> path.in(token))
                .filter(there -> !there.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private boolean verifiedIn(JsonObject token) {
        return said(token).orElse(emailsAreVerified);
    }

    // A token that says no is believed even where all addresses are said to be verified.
    private Optional<Boolean> said(JsonObject token) {
        return emailVerified.stream()
                .flatMap(path -> path.in(token).stream())
                .findFirst()
                .map("true"::equals);
    }

    private static String emailIn(JsonObject token) {
        return token.getValue("email") instanceof String email && !email.isBlank()
                ? email.strip().toLowerCase(Locale.ROOT)
                : null;
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static List<ClaimPath> paths(List<String> written) {
        return written.stream().map(ClaimPath::of).toList();
    }
}
