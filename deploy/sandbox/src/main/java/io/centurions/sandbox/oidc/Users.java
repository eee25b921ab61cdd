package io.centurions.sandbox.oidc;

import io.centurions.sandbox.wire.StateFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** People who can sign in. The owner is always there; added ones are remembered. */
final class Users {

    private static final String SECTION = "oidcUsers";

    private final Map<String, JsonObject> byEmail = new LinkedHashMap<>();
    private final StateFile state;

    Users(StateFile state) {
        this.state = state;
        keep(new JsonObject()
                .put("email", "owner@centurions.test")
                .put("password", "owner")
                .put("role", "super_admin")
                .put("permissions", new JsonArray().add("*")));
        state.read(SECTION)
                .map(section -> section.getJsonArray("users"))
                .ifPresent(users -> users.forEach(user -> keep((JsonObject) user)));
    }

    /** Adds or replaces; the subject stays the same for the same address. */
    JsonObject put(JsonObject asked) {
        JsonObject user = keep(asked);
        JsonArray users = new JsonArray();
        byEmail.values().forEach(users::add);
        state.write(SECTION, new JsonObject().put("users", users));
        return user;
    }

    private JsonObject keep(JsonObject asked) {
        String email = asked.getString("email").toLowerCase(Locale.ROOT);
        JsonObject user = new JsonObject()
                .put("sub", asked.getString("sub", subject(email)))
                .put("email", email)
                .put("password", asked.getString("password"))
                .put("name", asked.getString("name", email.replaceAll("@.*", "")))
                .put("role", asked.getString("role", "member"))
                .put("permissions", asked.getJsonArray("permissions", new JsonArray()));
        for (String optional : new String[] {"company_id", "schema_name"}) {
            if (asked.getString(optional) != null) {
                user.put(optional, asked.getString(optional));
            }
        }
        byEmail.put(email, user);
        return user;
    }

    Optional<JsonObject> withPassword(String email, String password) {
        return find(email).filter(user -> user.getString("password").equals(password));
    }

    Optional<JsonObject> find(String email) {
        return Optional.ofNullable(email).map(given -> byEmail.get(given.toLowerCase(Locale.ROOT)));
    }

    static String subject(String name) {
        return UUID.nameUUIDFromBytes(("centurions-sandbox:" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
