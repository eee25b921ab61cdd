package io.centurions.sandbox.telegram;

import io.centurions.sandbox.wire.Answer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** setWebhook, deleteWebhook, getWebhookInfo. Plain http is accepted here, as everything is on one machine. */
final class WebhookMethods {

    private final Bots bots;
    private final Updates updates;

    WebhookMethods(Bots bots, Updates updates) {
        this.bots = bots;
        this.updates = updates;
    }

    void set(RoutingContext ctx, Bot bot) {
        Asked asked = Asked.in(ctx);
        String url = asked.text("url");
        String secret = asked.text("secret_token");
        if (url.isEmpty()) {
            delete(ctx, bot);
        } else if (!url.matches("https?://[^\\s]+")) {
            TelegramSimulator.refuse(ctx, 400, "Bad Request: bad webhook: invalid webhook URL specified");
        } else if (secret.length() > 256) {
            TelegramSimulator.refuse(ctx, 400, "Bad Request: secret token is too long");
        } else if (!secret.matches("[A-Za-z0-9_-]*")) {
            TelegramSimulator.refuse(ctx, 400, "Bad Request: secret token contains unallowed characters");
        } else {
            JsonObject registration = new JsonObject()
                    .put("url", url)
                    .put("secret_token", secret)
                    .put("max_connections", (int)
                            asked.number("max_connections").orElse(40));
            JsonArray allowed = list(asked.value("allowed_updates"));
            if (allowed != null) {
                registration.put("allowed_updates", allowed);
            }
            bot.webhook(registration);
            bots.changed();
            updates.webhookSet(bot, asked.text("drop_pending_updates").equals("true"));
            Answer.json(ctx, 200, TelegramSimulator.okTrue().put("description", "Webhook was set"));
        }
    }

    /** In a form the list comes as JSON text. */
    private static JsonArray list(Object value) {
        if (value instanceof JsonArray array) {
            return array;
        }
        try {
            return value == null ? null : new JsonArray(value.toString());
        } catch (DecodeException noList) {
            return null;
        }
    }

    void delete(RoutingContext ctx, Bot bot) {
        boolean had = bot.webhook().isPresent();
        bot.noWebhook();
        bots.changed();
        String description = had ? "Webhook was deleted" : "Webhook is already deleted";
        Answer.json(ctx, 200, TelegramSimulator.okTrue().put("description", description));
    }

    void describe(RoutingContext ctx, Bot bot) {
        TelegramSimulator.ok(ctx, bot.webhookView(updates.pending(bot)));
    }
}
