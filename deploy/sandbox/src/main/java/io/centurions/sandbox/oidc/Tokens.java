package io.centurions.sandbox.oidc;

import io.centurions.sandbox.wire.PublicAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/** Makes and checks the tokens, with the claims that the fleet reads. */
final class Tokens {

    static final long LIFETIME_SECONDS = 3600;

    private static final String AUDIENCE = "centurions";

    private final SigningKey key;
    private final PublicAddress address;

    Tokens(SigningKey key, PublicAddress address) {
        this.key = key;
        this.address = address;
    }

    String issuer() {
        return address.base() + "/oidc";
    }

    String forPerson(JsonObject user, String client) {
        JsonObject claims = head(user.getString("sub"), AUDIENCE)
                .put("email", user.getString("email"))
                .put("name", user.getString("name"))
                .put("role", user.getString("role"))
                .put("permissions", user.getJsonArray("permissions"))
                .put("azp", client);
        for (String optional : new String[] {"company_id", "schema_name"}) {
            if (user.containsKey(optional)) {
                claims.put(optional, user.getString(optional));
            }
        }
        return key.sign(claims);
    }

    String forService(String client) {
        return key.sign(head(Users.subject(client), AUDIENCE)
                .put("role", "service")
                .put("client_id", client)
                .put("azp", client)
                .put("permissions", new JsonArray()));
    }

    /** Signed whatever it says: a test needs tokens that are over, of another issuer, or for somebody else. */
    String saying(JsonObject claims) {
        return key.sign(head(Users.subject("a test"), AUDIENCE).mergeIn(claims));
    }

    /** Tells the application who signed in; it opens nothing. */
    String identity(JsonObject user, String client, String nonce) {
        JsonObject claims = head(user.getString("sub"), client)
                .put("email", user.getString("email"))
                .put("name", user.getString("name"))
                .put("role", user.getString("role"));
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        return key.sign(claims);
    }

    Optional<JsonObject> verify(String token) {
        return key.verified(token).filter(claims -> claims.getLong("exp", 0L) > now());
    }

    private JsonObject head(String subject, String audience) {
        return new JsonObject()
                .put("iss", issuer())
                .put("sub", subject)
                .put("aud", audience)
                .put("iat", now())
                .put("exp", now() + LIFETIME_SECONDS)
                .put("jti", UUID.randomUUID().toString());
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }
}
