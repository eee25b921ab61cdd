package io.centurions.sandbox.telegram;

import io.centurions.sandbox.wire.Delivery;
import io.centurions.sandbox.wire.Parcel;
import io.centurions.sandbox.wire.RetryRule;
import io.centurions.sandbox.wire.Surroundings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Updates on their way to the fleet: by webhook, in order per chat and blocked by the first that is not accepted, or
 * kept until they are polled.
 */
final class Updates {

    private static final RetryRule PATIENCE = new TelegramPatience();
    private static final int MOST_AT_ONCE = 100;
    private static final long LONGEST_POLL_S = 50;

    private record Line(String bot, long chat) {}

    /** A long poll that waits for its first update. */
    private record Waiter(RoutingContext ctx, long timer) {}

    private final Surroundings around;
    private final Bots bots;
    private final Map<Line, Delivery> lastInLine = new HashMap<>();
    private final Map<String, Deque<JsonObject>> toBePolled = new HashMap<>();
    private final Map<String, Waiter> waiters = new HashMap<>();
    private final Map<String, Integer> underway = new HashMap<>();

    Updates(Surroundings around, Bots bots) {
        this.around = around;
        this.bots = bots;
    }

    Delivery deliver(Bot bot, long chat, JsonObject update) {
        if (bot.webhook().isEmpty()) {
            queue(bot).addLast(update);
            Waiter waiter = waiters.remove(bot.id());
            if (waiter != null) {
                around.vertx().cancelTimer(waiter.timer());
                answer(waiter.ctx(), bot, MOST_AT_ONCE);
            }
            return Delivery.toBeFetched();
        }
        return push(bot, bot.webhook().get(), chat, update);
    }

    private Delivery push(Bot bot, JsonObject webhook, long chat, JsonObject update) {
        JsonArray allowed = webhook.getJsonArray("allowed_updates");
        if (allowed != null && !allowed.isEmpty() && !allowed.contains("message")) {
            return Delivery.nowhere();
        }
        Map<String, String> headers = new HashMap<>();
        if (!webhook.getString("secret_token", "").isEmpty()) {
            headers.put("X-Telegram-Bot-Api-Secret-Token", webhook.getString("secret_token"));
        }
        Parcel parcel = Parcel.json(webhook.getString("url"), headers, update);
        Line line = new Line(bot.id(), chat);
        Delivery before = lastInLine.getOrDefault(line, Delivery.nowhere());
        Delivery delivery = around.courier().sendAfter(before, parcel, PATIENCE);
        lastInLine.put(line, delivery);
        underway.merge(bot.id(), 1, Integer::sum);
        delivery.firstAttempt().onSuccess(tried -> {
            if (!tried.accepted()) {
                bot.failed("Wrong response from the webhook: " + tried.view().getInteger("lastStatus"));
            }
        });
        delivery.end().onComplete(ended -> underway.merge(bot.id(), -1, Integer::sum));
        return delivery;
    }

    /** What was waiting to be polled goes to the webhook that is now there. */
    void webhookSet(Bot bot, boolean dropPending) {
        List<JsonObject> waiting = new ArrayList<>(queue(bot));
        queue(bot).clear();
        if (!dropPending) {
            JsonObject webhook = bot.webhook().orElseThrow();
            waiting.forEach(update -> push(
                    bot,
                    webhook,
                    update.getJsonObject("message").getJsonObject("chat").getLong("id"),
                    update));
        }
    }

    int pending(Bot bot) {
        return queue(bot).size() + underway.getOrDefault(bot.id(), 0);
    }

    /** getUpdates; refused while a webhook is set. A second poll ends the first, as only one may wait. */
    void poll(RoutingContext ctx, Bot bot) {
        if (bot.webhook().isPresent()) {
            TelegramSimulator.refuse(
                    ctx,
                    409,
                    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the"
                            + " webhook first");
            return;
        }
        Asked asked = Asked.in(ctx);
        asked.number("offset").ifPresent(offset -> queue(bot).removeIf(update -> update.getLong("update_id") < offset));
        int limit = Math.clamp(asked.number("limit").orElse(MOST_AT_ONCE), 1, MOST_AT_ONCE);
        long timeout = Math.clamp(asked.number("timeout").orElse(0), 0, LONGEST_POLL_S);
        if (!queue(bot).isEmpty() || timeout == 0) {
            answer(ctx, bot, limit);
            return;
        }
        Waiter replaced = waiters.remove(bot.id());
        if (replaced != null) {
            around.vertx().cancelTimer(replaced.timer());
            TelegramSimulator.refuse(replaced.ctx(), 409, "Conflict: terminated by other getUpdates request");
        }
        long timer = around.vertx().setTimer(timeout * 1000, fired -> {
            waiters.remove(bot.id());
            answer(ctx, bot, limit);
        });
        waiters.put(bot.id(), new Waiter(ctx, timer));
    }

    private void answer(RoutingContext ctx, Bot bot, int limit) {
        JsonArray batch = new JsonArray();
        queue(bot).stream().limit(limit).forEach(batch::add);
        TelegramSimulator.ok(ctx, batch);
    }

    private Deque<JsonObject> queue(Bot bot) {
        return toBePolled.computeIfAbsent(bot.id(), fresh -> new ArrayDeque<>());
    }

    void remember() {
        bots.changed();
    }
}
