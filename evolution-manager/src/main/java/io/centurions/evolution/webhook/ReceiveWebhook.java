package io.centurions.evolution.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.evolution.evolution.IntakeItem;
import io.centurions.evolution.evolution.Notice;
import io.centurions.evolution.evolution.Reading;
import io.centurions.evolution.evolution.ToMessages;
import io.centurions.evolution.instance.ApplyConnectionReport;
import io.centurions.evolution.instance.InstanceAddress;
import io.centurions.platform.intake.Webhook;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.WebhookCounters;
import io.centurions.platform.webhooks.WebhookInbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntPredicate;
import org.jboss.logging.Logger;

/**
 * Receives one genuine webhook: reads it, stores what it says together with its bytes, and keeps it parked when it cannot be read, or
 * names another instance than its address. What says nothing to this release is kept too: a later one may read more. Not kept is a
 * report about the connection, which may carry the QR that opens the phone, nor who is typing, which comes by the second and is over
 * before anybody could want it again.
 */
@ApplicationScoped
class ReceiveWebhook {

    static final String PROVIDER = "evolution";
    private static final String INSTANCE_MISMATCH = "instance_mismatch";
    private static final Logger LOG = Logger.getLogger(ReceiveWebhook.class);

    private final ObjectMapper json;
    private final StoreMessages store;
    private final ApplyConnectionReport connection;
    private final WebhookInbox inbox;
    private final WebhookCounters counters;

    ReceiveWebhook(
            ObjectMapper json,
            StoreMessages store,
            ApplyConnectionReport connection,
            WebhookInbox inbox,
            WebhookCounters counters) {
        this.json = json;
        this.store = store;
        this.connection = connection;
        this.inbox = inbox;
        this.counters = counters;
    }

    /** When it returns, everything the webhook says is durable. */
    void receive(InstanceAddress address, byte[] body, Map<String, String> safeHeaders) {
        UUID instance = address.instance().value();
        byte[] kept = WithoutKey.of(body);
        Webhook webhook = new Webhook(
                new Origin(PROVIDER, instance.toString(), address.company(), instance, safeHeaders),
                kept,
                items -> only(kept, items, instance));
        Optional<Notice> notice = read(instance, body, Instant.now());
        if (notice.isEmpty()) {
            inbox.keep(webhook.origin(), webhook.body(), "unreadable");
        } else if (!notice.get().instance().equals(address.serverName())) {
            LOG.warnf("a webhook names another instance than its address instance_id=%s", instance);
            parkAnothers(notice.get(), webhook);
        } else {
            takeOver(address, notice.get(), webhook);
        }
    }

    /** What a body says; nothing when it cannot be read. */
    Optional<Notice> read(UUID instance, byte[] body, Instant receivedAt) {
        try {
            return Optional.of(ToMessages.read(instance, json.readTree(body), receivedAt));
        } catch (IOException | ToMessages.Unreadable e) {
            // The messages of both may quote the content, so neither is logged; the raw body is kept by the caller.
            return Optional.empty();
        }
    }

    // Only a list says several things; what is no item stays out.
    private byte[] only(byte[] body, IntPredicate items, UUID instance) {
        try {
            ObjectNode part = (ObjectNode) json.readTree(body);
            List<Reading> readings =
                    ToMessages.read(instance, part, Instant.now()).readings();
            JsonNode all = part.path("data");
            ArrayNode chosen = part.putArray("data");
            int item = 0;
            for (int place = 0; place < readings.size(); place++) {
                if (readings.get(place) instanceof Reading.Said && items.test(item++)) {
                    chosen.add(all.get(place));
                }
            }
            return json.writeValueAsBytes(part);
        } catch (IOException e) {
            throw new IllegalStateException("what was read as JSON cannot be read or written again", e);
        }
    }

    // Somebody registered our address for another instance; its words must not enter under this one.
    private void parkAnothers(Notice notice, Webhook webhook) {
        if (notice.passing()) {
            counters.ignored(PROVIDER, INSTANCE_MISMATCH);
        } else {
            inbox.keep(webhook.origin(), webhook.body(), INSTANCE_MISMATCH);
        }
    }

    private void takeOver(InstanceAddress address, Notice notice, Webhook webhook) {
        List<IntakeItem> items = new ArrayList<>();
        for (Reading reading : notice.readings()) {
            switch (reading) {
                case Reading.Said(var item) -> items.add(item);
                case Reading.Stands(var report) -> connection.apply(address.company(), address.instance(), report);
                case Reading.Ignored(var reason) -> counters.ignored(PROVIDER, reason);
            }
        }
        if (!notice.passing()) {
            storeKept(address, webhook, items);
        } else if (!items.isEmpty()) {
            store.store(address.company(), webhook.unkept(), items);
        }
    }

    private void storeKept(InstanceAddress address, Webhook webhook, List<IntakeItem> items) {
        if (store.store(address.company(), webhook, items) == StoreMessages.Taken.NOBODYS) {
            inbox.keep(webhook.origin(), webhook.body(), "unknown_instance");
        }
    }
}
