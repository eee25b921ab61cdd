package io.centurions.sandbox.vault;

import io.centurions.sandbox.wire.Answer;
import io.centurions.sandbox.wire.RequestBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The front door: reads for the fleet, writes and deletes for whoever stands for the operator. */
public final class VaultSimulator {

    private static final String TOKEN = "sandbox-vault-token";

    private final Map<String, JsonObject> secrets = new HashMap<>();

    public void mount(Router router) {
        router.route("/vault/v1/*").handler(VaultSimulator::onlyWithToken);
        router.get("/vault/v1/:mount/data/*").handler(this::read);
        router.post("/vault/v1/:mount/data/*").handler(this::write);
        router.put("/vault/v1/:mount/data/*").handler(this::write);
        router.delete("/vault/v1/:mount/data/*").handler(this::delete);
    }

    private static void onlyWithToken(RoutingContext ctx) {
        if (TOKEN.equals(ctx.request().getHeader("X-Vault-Token"))) {
            ctx.next();
        } else {
            Answer.json(ctx, 403, errors("permission denied"));
        }
    }

    private void read(RoutingContext ctx) {
        JsonObject found = secrets.get(ctx.request().path());
        if (found == null) {
            Answer.json(ctx, 404, errors());
        } else {
            Answer.json(ctx, 200, new JsonObject().put("data", found));
        }
    }

    private void write(RoutingContext ctx) {
        if (!(RequestBody.of(ctx).json().getValue("data") instanceof JsonObject data)) {
            Answer.json(ctx, 400, errors("no data provided"));
            return;
        }
        JsonObject before = secrets.get(ctx.request().path());
        JsonObject metadata = new JsonObject()
                .put(
                        "version",
                        before == null ? 1 : before.getJsonObject("metadata").getInteger("version") + 1)
                .put("created_time", Instant.now().toString())
                .put("deletion_time", "")
                .put("destroyed", false);
        secrets.put(ctx.request().path(), new JsonObject().put("data", data).put("metadata", metadata));
        Answer.json(ctx, 200, new JsonObject().put("data", metadata));
    }

    private void delete(RoutingContext ctx) {
        secrets.remove(ctx.request().path());
        ctx.response().setStatusCode(204).end();
    }

    private static JsonObject errors(String... what) {
        JsonArray errors = new JsonArray();
        for (String each : what) {
            errors.add(each);
        }
        return new JsonObject().put("errors", errors);
    }
}
