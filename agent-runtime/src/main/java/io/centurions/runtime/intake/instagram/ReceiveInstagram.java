package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.webhooks.WebhookCounters;
import io.centurions.platform.webhooks.WebhookInbox;
import io.centurions.runtime.intake.Arrived;
import io.centurions.runtime.intake.InstanceAddress;
import io.centurions.runtime.intake.InstanceAddresses;
import io.centurions.runtime.intake.Reading;
import io.centurions.runtime.intake.StoreIncoming;
import io.centurions.runtime.intake.Stored;
import io.centurions.runtime.intake.Unreadable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes in a genuine body: all its accounts in one batch, unknown accounts counted and left out. */
@ApplicationScoped
class ReceiveInstagram {

    static final String PROVIDER = "instagram";
    private static final String ADDRESS = "/webhooks/instagram";

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
            Reading<Addressed> reading = ReadInstagram.read(parse(body));
            reading.ignored().forEach(reason -> counters.ignored(PROVIDER, reason));
            List<Stored> stored = store.store(PROVIDER, arrived(reading.items()));
            if (stored.stream().anyMatch(Stored::unstorable)) {
                keep(body, "unstorable");
            }
        } catch (Unreadable unreadable) {
            keep(body, unreadable.getMessage());
        }
    }

    private void keep(byte[] body, String reason) {
        inbox.keep(PROVIDER, ADDRESS, null, Map.of(), body, reason);
    }

    private JsonNode parse(byte[] body) throws Unreadable {
        try {
            return json.readTree(body);
        } catch (IOException broken) {
            throw new Unreadable("not_json");
        }
    }

    private List<Arrived> arrived(List<Addressed> updates) {
        List<Arrived> arrived = new ArrayList<>(updates.size());
        for (Addressed update : updates) {
            Optional<InstanceAddress> instance = instanceOf(update);
            if (instance.isEmpty()) {
                counters.ignored(PROVIDER, "unknown_instance");
            } else {
                arrived.add(new Arrived(instance.get().id(), update.incoming()));
            }
        }
        return arrived;
    }

    private Optional<InstanceAddress> instanceOf(Addressed update) {
        return update.accounts().stream()
                .map(account -> instances.byAccount(PROVIDER, account))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
