package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.contracts.id.InstanceId;
import io.centurions.platform.intake.Outcome;
import io.centurions.platform.intake.Webhook;
import io.centurions.platform.webhooks.KeptWebhook;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.RebuildWindow.Restored;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import io.centurions.platform.webhooks.WebhookCounters;
import io.centurions.platform.webhooks.WebhookInbox;
import io.centurions.runtime.intake.Arrived;
import io.centurions.runtime.intake.InstanceAddress;
import io.centurions.runtime.intake.InstanceAddresses;
import io.centurions.runtime.intake.Reading;
import io.centurions.runtime.intake.StoreIncoming;
import io.centurions.runtime.intake.Unreadable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in a genuine body: all its accounts in one batch. What speaks of an account that is nobody's yet is parked until somebody connects
 * it; what is ours beside it is stored at once. What was kept is read by the same reader once more when an operator wants it.
 */
@ApplicationScoped
public class ReceiveInstagram {

    public static final String PROVIDER = "instagram";
    private static final String ADDRESS = "/webhooks/instagram";
    private static final Origin NOBODYS = Origin.of(PROVIDER, ADDRESS, null, null);

    private final ObjectMapper json;
    private final InstanceAddresses instances;
    private final StoreIncoming store;
    private final WebhookInbox inbox;
    private final WebhookCounters counters;

    ReceiveInstagram(
            ObjectMapper json,
            InstanceAddresses instances,
            StoreIncoming store,
            WebhookInbox inbox,
            WebhookCounters counters) {
        this.json = json;
        this.instances = instances;
        this.store = store;
        this.inbox = inbox;
        this.counters = counters;
    }

    void receive(byte[] body) {
        try {
            JsonNode all = parse(body);
            Reading<Addressed> reading = ReadInstagram.read(all);
            reading.ignored().forEach(reason -> counters.ignored(PROVIDER, reason));
            Ours ours = ours(reading.items());
            if (ours.whole()) {
                store.store(new Webhook(ours.origin(), body), ours.arrived());
            } else {
                storeApart(body, all, ours);
            }
        } catch (Unreadable unreadable) {
            inbox.keep(NOBODYS, body, unreadable.getMessage());
        }
    }

    // Kept apart: a rebuild restores what was applied as answered, and what is nobody's nobody could answer.
    private void storeApart(byte[] body, JsonNode all, Ours ours) throws Unreadable {
        List<JsonNode> known = new ArrayList<>();
        List<JsonNode> nobodys = new ArrayList<>();
        for (JsonNode entry : all.path("entry")) {
            boolean whole =
                    ours(ReadInstagram.read(only(all, List.of(entry))).items()).whole();
            (whole ? known : nobodys).add(entry);
        }
        if (known.isEmpty()) {
            store.store(new Webhook(ours.origin(), null), ours.arrived());
            inbox.keep(NOBODYS, body, "unknown_account");
        } else {
            store.store(new Webhook(ours.origin(), bytes(only(all, known))), ours.arrived());
            inbox.keep(NOBODYS, bytes(only(all, nobodys)), "unknown_account");
        }
    }

    private JsonNode only(JsonNode all, List<JsonNode> entries) {
        ObjectNode part = all.deepCopy();
        part.set("entry", json.createArrayNode().addAll(entries));
        return part;
    }

    private byte[] bytes(JsonNode part) {
        try {
            return json.writeValueAsBytes(part);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON cannot be written as JSON", e);
        }
    }

    /** Handles a kept body as if it came now. */
    public Handled repeat(KeptWebhook kept) {
        try {
            Ours ours = ours(ReadInstagram.read(parse(kept.body())).items());
            List<Outcome> outcomes = store.store(new Webhook(kept.origin(), null), ours.arrived());
            return ours.whole() && outcomes.stream().noneMatch(Outcome::unstorable)
                    ? Handled.APPLIED
                    : Handled.UNSTORABLE;
        } catch (Unreadable still) {
            return Handled.UNREADABLE;
        }
    }

    /** Restores what is missing of a kept body. */
    public Restored restore(KeptWebhook kept) {
        try {
            return store.restore(
                    kept, ours(ReadInstagram.read(parse(kept.body())).items()).arrived());
        } catch (Unreadable still) {
            return Restored.UNREADABLE;
        }
    }

    private JsonNode parse(byte[] body) throws Unreadable {
        try {
            return json.readTree(body);
        } catch (IOException broken) {
            throw new Unreadable("not_json");
        }
    }

    private record Ours(List<Arrived> arrived, Map<InstanceId, InstanceAddress> instances, boolean whole) {

        // A body may carry several accounts of several companies; then it is nobody's in particular.
        Origin origin() {
            if (instances.size() != 1) {
                return NOBODYS;
            }
            InstanceAddress only = instances.values().iterator().next();
            return Origin.of(PROVIDER, ADDRESS, only.company(), only.id().value());
        }
    }

    private Ours ours(List<Addressed> updates) {
        List<Arrived> arrived = new ArrayList<>(updates.size());
        Map<InstanceId, InstanceAddress> found = new LinkedHashMap<>();
        for (Addressed update : updates) {
            instanceOf(update).ifPresent(instance -> {
                found.put(instance.id(), instance);
                arrived.add(new Arrived(instance.id(), update.incoming()));
            });
        }
        return new Ours(arrived, found, arrived.size() == updates.size());
    }

    private Optional<InstanceAddress> instanceOf(Addressed update) {
        return update.accounts().stream()
                .map(account -> instances.byAccount(PROVIDER, account))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
