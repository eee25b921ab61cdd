package io.centurions.sandbox.instagram;

import io.centurions.sandbox.wire.Delivery;
import io.centurions.sandbox.wire.Hmac;
import io.centurions.sandbox.wire.Parcel;
import io.centurions.sandbox.wire.RetryRule;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** Posts events to the app's callback, signed with the app secret; at once again after a failure, then ever less often. */
final class Announce {

    /** Signs the webhooks of every account, as one app secret does at Meta. */
    static final String APP_SECRET = "sandbox-app-secret";

    private static final String VERIFY_TOKEN = "sandbox-verify-token";
    private static final long LONGEST_WAIT_MS = 3_600_000;
    /** Eleven doublings reach the longest wait; with it, about 36 hours in all. */
    private static final int ATTEMPTS = 46;

    private static final RetryRule PATIENCE = (attempts, status, retryAfter) -> {
        if (attempts >= ATTEMPTS) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(attempts == 1 ? 100 : Math.min(1_000L << Math.min(attempts - 1, 12), LONGEST_WAIT_MS));
    };

    private final Surroundings around;
    private final Accounts accounts;

    Announce(Surroundings around, Accounts accounts) {
        this.around = around;
        this.accounts = accounts;
    }

    /** Whether the address repeats the challenge that only the holder of the verify token should answer. */
    Future<Boolean> verify(String url) {
        String challenge = Integer.toString(ThreadLocalRandom.current().nextInt(1_000_000_000));
        String query = "hub.mode=subscribe&hub.verify_token=" + VERIFY_TOKEN + "&hub.challenge=" + challenge;
        return around.courier()
                .get(url + (url.contains("?") ? "&" : "?") + query)
                .map(challenge::equals);
    }

    /** @param messaging one item of the webhook's messaging list */
    Delivery send(String account, JsonObject messaging) {
        return sendLate(0, account, messaging);
    }

    Delivery sendLate(long heldMs, String account, JsonObject messaging) {
        JsonObject entry = new JsonObject()
                .put("id", account)
                .put("time", System.currentTimeMillis())
                .put("messaging", new JsonArray().add(messaging));
        return sendWhole(heldMs, new JsonObject().put("object", "instagram").put("entry", new JsonArray().add(entry)));
    }

    private Delivery sendWhole(long heldMs, JsonObject body) {
        Buffer bytes = Buffer.buffer(EscapedJson.of(body));
        Map<String, String> headers =
                Map.of("X-Hub-Signature-256", "sha256=" + Hmac.sha256Hex(APP_SECRET, bytes.getBytes()));
        return accounts.callback()
                .map(url -> around.courier().sendLate(heldMs, new Parcel(url, headers, bytes), PATIENCE))
                .orElseGet(Delivery::nowhere);
    }
}
