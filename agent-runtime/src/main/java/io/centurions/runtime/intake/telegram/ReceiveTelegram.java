package io.centurions.runtime.intake.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.intake.Webhook;
import io.centurions.platform.webhooks.KeptWebhook;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.RebuildWindow.Restored;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import io.centurions.platform.webhooks.ReprocessWebhook.Wanted;
import io.centurions.platform.webhooks.WebhookCounters;
import io.centurions.platform.webhooks.WebhookInbox;
import io.centurions.platform.webhooks.WebhookJson;
import io.centurions.runtime.intake.Arrived;
import io.centurions.runtime.intake.InstanceAddress;
import io.centurions.runtime.intake.StoreIncoming;
import io.centurions.runtime.intake.Unreadable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in genuine updates, pushed or polled. Returns when they are durable or kept raw; an exception means that Telegram
 * must repeat. What was kept is read by the same reader once more when an operator wants it.
 */
@ApplicationScoped
public class ReceiveTelegram {

    public static final String PROVIDER = "telegram";

    private final ObjectMapper json;
    private final StoreIncoming store;
    private final WebhookInbox inbox;
    private final WebhookCounters counters;

    ReceiveTelegram(ObjectMapper json, StoreIncoming store, WebhookInbox inbox, WebhookCounters counters) {
        this.json = json;
        this.store = store;
        this.inbox = inbox;
        this.counters = counters;
    }

    /** @return the id of the pressed button that Telegram wants answered, if the update is one */
    Optional<String> receive(InstanceAddress instance, byte[] body, Map<String, String> safeHeaders) {
        Webhook webhook = new Webhook(origin(instance, safeHeaders), body);
        try {
            return receive(instance, parse(body), webhook);
        } catch (Unreadable unreadable) {
            return park(webhook, unreadable);
        }
    }

    /** As the other, for an update that was polled. */
    Optional<String> receive(InstanceAddress instance, JsonNode update) {
        byte[] body = update.toString().getBytes(StandardCharsets.UTF_8);
        Webhook webhook = new Webhook(origin(instance, Map.of()), body);
        try {
            return receive(instance, update, webhook);
        } catch (Unreadable unreadable) {
            return park(webhook, unreadable);
        }
    }

    /** Handles a kept update as if it came now. */
    public Handled repeat(Wanted wanted) {
        KeptWebhook kept = wanted.kept();
        try {
            return store.reprocess(wanted, kept.origin(), arrived(kept));
        } catch (Unreadable still) {
            return Handled.UNREADABLE;
        }
    }

    /** Restores what is missing of a kept update. */
    public Restored restore(KeptWebhook kept) {
        try {
            return store.restore(kept, arrived(kept));
        } catch (Unreadable still) {
            return Restored.UNREADABLE;
        }
    }

    private Optional<String> receive(InstanceAddress instance, JsonNode update, Webhook webhook) throws Unreadable {
        Reading reading = ReadTelegram.read(update);
        reading.ignored().forEach(reason -> counters.ignored(PROVIDER, reason));
        store.store(webhook, arrived(instance.id(), reading));
        return Optional.ofNullable(update.path("callback_query").path("id").textValue());
    }

    private Optional<String> park(Webhook webhook, Unreadable unreadable) {
        inbox.keep(webhook.origin(), webhook.body(), unreadable.getMessage());
        return Optional.empty();
    }

    private List<Arrived> arrived(KeptWebhook kept) throws Unreadable {
        return arrived(InstanceId.of(kept.origin().instance()), ReadTelegram.read(parse(kept.body())));
    }

    private static List<Arrived> arrived(InstanceId instance, Reading reading) {
        return reading.items().stream()
                .map(incoming -> new Arrived(instance, incoming))
                .toList();
    }

    private static Origin origin(InstanceAddress instance, Map<String, String> safeHeaders) {
        return new Origin(
                PROVIDER,
                "/webhooks/telegram/" + instance.id(),
                instance.company(),
                instance.id().value(),
                safeHeaders);
    }

    private JsonNode parse(byte[] body) throws Unreadable {
        try {
            return WebhookJson.read(json, body);
        } catch (IOException broken) {
            throw new Unreadable("not_json");
        }
    }
}
