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
import io.centurions.platform.webhooks.LargeBodies;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.WebhookCounters;
import io.centurions.platform.webhooks.WebhookInbox;
import io.centurions.platform.webhooks.WebhookJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Receives one genuine webhook: reads it, stores what it says together with its bytes, and keeps it parked when it cannot be read, or
 * names another instance than its address. Of a list each entry about a message that is not understood is parked by itself. What says
 * nothing to this release is kept as applied: a later one may read more. Not kept is a report about the connection, which may carry the
 * QR that opens the phone, nor who is typing, which comes by the second and is over before anybody could want it again.
 */
@ApplicationScoped
class ReceiveWebhook {

    static final String PROVIDER = "evolution";
    private static final String INSTANCE_MISMATCH = "instance_mismatch";
    private static final int MOST_APART = 20;
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
        byte[] kept = WithoutKey.of(WithoutFiles.of(body));
        Webhook webhook =
                webhook(new Origin(PROVIDER, instance.toString(), address.company(), instance, safeHeaders), kept);
        Optional<Notice> notice = read(instance, kept, Instant.now());
        if (notice.isEmpty()) {
            inbox.keep(webhook.origin(), webhook.body(), tooLarge(kept) ? "too_large" : "unreadable");
        } else if (!notice.get().instance().equals(address.serverName())) {
            LOG.warnf("a webhook names another instance than its address instance_id=%s", instance);
            parkAnothers(notice.get(), webhook);
        } else {
            takeOver(address, notice.get(), webhook);
        }
    }

    /** What a body says; nothing when it cannot be read, or is larger than any that says something. */
    Optional<Notice> read(UUID instance, byte[] body, Instant receivedAt) {
        if (tooLarge(body)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ToMessages.read(instance, WebhookJson.read(json, body), receivedAt));
        } catch (IOException | ToMessages.Unreadable e) {
            // The messages of both may quote the content, so neither is logged; the raw body is kept by the caller.
            return Optional.empty();
        }
    }

    private static boolean tooLarge(byte[] body) {
        return body.length > LargeBodies.READABLE_BYTES;
    }

    private Webhook webhook(Origin origin, byte[] body) {
        return new Webhook(origin, body, items -> only(origin.instance(), body, items));
    }

    // What is no item stays out.
    private byte[] only(UUID instance, byte[] body, IntPredicate items) {
        List<Reading> readings =
                read(instance, body, Instant.now()).orElseThrow().readings();
        int[] said = IntStream.range(0, readings.size())
                .filter(place -> readings.get(place) instanceof Reading.Said)
                .toArray();
        Set<Integer> chosen = IntStream.range(0, said.length)
                .filter(items)
                .mapToObj(item -> said[item])
                .collect(Collectors.toSet());
        return entries(tree(body), chosen::contains);
    }

    // Only a list says several things.
    private byte[] entries(ObjectNode whole, IntPredicate places) {
        JsonNode all = whole.path("data");
        ArrayNode chosen = json.createArrayNode();
        IntStream.range(0, all.size()).filter(places).forEach(place -> chosen.add(all.get(place)));
        ObjectNode part = json.createObjectNode().setAll(whole);
        return part.set("data", chosen).toString().getBytes(StandardCharsets.UTF_8);
    }

    private ObjectNode tree(byte[] body) {
        try {
            return (ObjectNode) WebhookJson.read(json, body);
        } catch (IOException e) {
            throw new IllegalStateException("what was read as JSON cannot be read again", e);
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
                case Reading.NotUnderstood(var reason) when notice.passing() -> counters.ignored(PROVIDER, reason);
                case Reading.NotUnderstood parked -> {}
            }
        }
        if (!notice.passing()) {
            keep(address, notice, webhook, items);
        } else if (!items.isEmpty()) {
            store.store(address.company(), webhook.unkept(), items);
        }
    }

    private void keep(InstanceAddress address, Notice notice, Webhook webhook, List<IntakeItem> items) {
        Map<Integer, String> strange = notice.notUnderstood();
        if (strange.isEmpty()) {
            storeKept(address, webhook, items);
        } else if (notice.readings().size() == 1) {
            inbox.keep(webhook.origin(), webhook.body(), strange.get(0));
        } else {
            keepApart(address, strange, webhook, items);
        }
    }

    // Of a list each strange one by itself: it is known again by its own words, whatever comes with it the next time.
    // Many of a kind
    // are one thing for people to look at.
    private void keepApart(
            InstanceAddress address, Map<Integer, String> strange, Webhook webhook, List<IntakeItem> items) {
        ObjectNode whole = tree(webhook.body());
        if (strange.size() < whole.path("data").size()) {
            byte[] rest = entries(whole, place -> !strange.containsKey(place));
            storeKept(address, webhook(webhook.origin(), rest), items);
        }
        if (strange.size() <= MOST_APART) {
            strange.forEach((place, reason) -> inbox.keep(webhook.origin(), entries(whole, place::equals), reason));
        } else {
            Set.copyOf(strange.values())
                    .forEach(reason -> inbox.keep(
                            webhook.origin(), entries(whole, place -> reason.equals(strange.get(place))), reason));
        }
    }

    private void storeKept(InstanceAddress address, Webhook webhook, List<IntakeItem> items) {
        if (store.store(address.company(), webhook, items) == StoreMessages.Taken.NOBODYS) {
            inbox.keep(webhook.origin(), webhook.body(), "unknown_instance");
        }
    }
}
