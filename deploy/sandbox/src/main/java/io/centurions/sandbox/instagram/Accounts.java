package io.centurions.sandbox.instagram;

import io.centurions.sandbox.wire.StateFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** The professional accounts seen so far, who has written to each, and the app's one callback; all remembered. */
final class Accounts {

    private static final String SECTION = "instagram";

    private final JsonObject kept;
    private final StateFile state;

    Accounts(StateFile state) {
        this.state = state;
        this.kept = state.read(SECTION)
                .map(JsonObject::copy)
                .orElseGet(() -> new JsonObject().put("users", new JsonObject()));
    }

    /** @param asked {@code url} and, to offer them on the telephone before they ever send, {@code accounts} */
    void subscribe(JsonObject asked) {
        kept.put("url", asked.getString("url"));
        JsonArray named = asked.getJsonArray("accounts", new JsonArray());
        named.forEach(account -> users(account.toString()));
        changed();
    }

    Optional<String> callback() {
        return Optional.ofNullable(kept.getString("url"));
    }

    void learn(String account) {
        if (!kept.getJsonObject("users").containsKey(account)) {
            users(account);
            changed();
        }
    }

    Set<String> ids() {
        return kept.getJsonObject("users").fieldNames();
    }

    /** A person who writes may from then on be written to, and has a profile. */
    void met(String account, String igsid, String name) {
        if (!name.equals(users(account).getString(igsid))) {
            users(account).put(igsid, name);
            changed();
        }
    }

    boolean knows(String account, String igsid) {
        return users(account).containsKey(igsid);
    }

    Optional<String> nameOf(String account, String igsid) {
        return Optional.ofNullable(users(account).getString(igsid));
    }

    private JsonObject users(String account) {
        JsonObject all = kept.getJsonObject("users");
        if (!all.containsKey(account)) {
            all.put(account, new JsonObject());
        }
        return all.getJsonObject(account);
    }

    JsonObject view() {
        JsonArray accounts = new JsonArray();
        ids().forEach(accounts::add);
        return new JsonObject().put("url", kept.getString("url")).put("accounts", accounts);
    }

    private void changed() {
        state.write(SECTION, kept.copy());
    }
}
