package io.centurions.sandbox.oidc;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The applications known to the issuer: one public one for people, one with a secret for each service. */
final class Clients {

    static final String PUBLIC = "backoffice-web";

    private static final Set<String> SERVICES =
            Set.of("backoffice-api", "agent-runtime", "evolution-manager", "autentique-service", "capi-dispatcher");

    private Clients() {}

    /** Who asks, empty for an unknown client or a wrong secret. */
    static Optional<String> authenticated(RoutingContext ctx, MultiMap form) {
        String id = form.get("client_id");
        String secret = form.get("client_secret");
        String header = ctx.request().getHeader("Authorization");
        if (header != null && header.startsWith("Basic ")) {
            String[] pair = decoded(header.substring(6)).split(":", 2);
            id = pair[0];
            secret = pair.length > 1 ? pair[1] : "";
        }
        if (PUBLIC.equals(id)) {
            return Optional.of(id);
        }
        boolean known = id != null && SERVICES.contains(id) && (id + "-secret").equals(secret);
        return known ? Optional.of(id) : Optional.empty();
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    static boolean isKnown(String id) {
        return PUBLIC.equals(id) || id != null && SERVICES.contains(id);
    }

    static boolean isService(String id) {
        return SERVICES.contains(id);
    }
}
