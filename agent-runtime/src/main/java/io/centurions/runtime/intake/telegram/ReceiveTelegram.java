package io.centurions.runtime.intake.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.webhooks.WebhookCounters;
import io.centurions.platform.webhooks.WebhookInbox;
import io.centurions.runtime.intake.Arrived;
import io.centurions.runtime.intake.Incoming;
import io.centurions.runtime.intake.InstanceAddress;
import io.centurions.runtime.intake.Reading;
import io.centurions.runtime.intake.StoreIncoming;
import io.centurions.runtime.intake.Stored;
import io.centurions.runtime.intake.Unreadable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in genuine updates, pushed or polled. Returns when they are durable or kept raw; an exception means that Telegram
 * must repeat.
 */
@ApplicationScoped
class ReceiveTelegram {

    static final String PROVIDER = "telegram";

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
    Optional<String> receive(InstanceAddress instance, byte[] body) {
        try {
            return receive(instance, parse(body), body);
        } catch (Unreadable unreadable) {
            keep(instance, body, unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** As the other, for an update that was polled. */
    Optional<String> receive(InstanceAddress instance, JsonNode update) {
        byte[] body = update.toString().getBytes(StandardCharsets.UTF_8);
        try {
            return receive(instance, update, body);
        } catch (Unreadable unreadable) {
            keep(instance, body, unreadable.getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> receive(InstanceAddress instance, JsonNode update, byte[] body) throws Unreadable {
        Reading<Incoming> reading = ReadTelegram.read(update);
        reading.ignored().forEach(reason -> counters.ignored(PROVIDER, reason));
        List<Arrived> arrived = reading.items().stream()
                .map(incoming -> new Arrived(instance.id(), incoming))
                .toList();
        if (store.store(PROVIDER, arrived).stream().anyMatch(Stored::unstorable)) {
            throw new Unreadable("unstorable");
        }
        return Optional.ofNullable(update.path("callback_query").path("id").textValue());
    }

    private void keep(InstanceAddress instance, byte[] body, String reason) {
        inbox.keep(PROVIDER, "/webhooks/telegram/" + instance.id(), instance.company(), Map.of(), body, reason);
    }

    private JsonNode parse(byte[] body) throws Unreadable {
        try {
            return json.readTree(body);
        } catch (IOException broken) {
            throw new Unreadable("not_json");
        }
    }
}
