package io.centurions.evolution.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.evolution.evolution.IntakeItem;
import io.centurions.evolution.evolution.Notice;
import io.centurions.evolution.evolution.Reading;
import io.centurions.evolution.evolution.ToMessages;
import io.centurions.evolution.instance.ApplyConnectionReport;
import io.centurions.evolution.instance.InstanceAddress;
import io.centurions.platform.webhooks.WebhookCounters;
import io.centurions.platform.webhooks.WebhookInbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Receives one genuine webhook: reads it, stores what it says, and keeps it raw when it cannot be read. */
@ApplicationScoped
class ReceiveWebhook {

    static final String PROVIDER = "evolution";
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
    void receive(InstanceAddress address, byte[] body) {
        Optional<Notice> notice = read(address, body);
        if (notice.isEmpty()) {
            keep(address, body, "unreadable");
        } else if (!notice.get().instance().equals(address.serverName())) {
            // Somebody registered our address for another instance; its words must not enter under this one.
            counters.ignored(PROVIDER, "instance_mismatch");
            LOG.warnf(
                    "a webhook names another instance than its address instance_id=%s",
                    address.instance().value());
        } else {
            takeOver(address, notice.get(), body);
        }
    }

    private Optional<Notice> read(InstanceAddress address, byte[] body) {
        try {
            return Optional.of(ToMessages.read(address.instance().value(), json.readTree(body), Instant.now()));
        } catch (IOException | ToMessages.Unreadable e) {
            // The messages of both may quote the content, so neither is logged; the raw body is kept by the caller.
            return Optional.empty();
        }
    }

    private void takeOver(InstanceAddress address, Notice notice, byte[] body) {
        List<IntakeItem> items = new ArrayList<>();
        for (Reading reading : notice.readings()) {
            switch (reading) {
                case Reading.Said(var item) -> items.add(item);
                case Reading.Stands(var report) -> connection.apply(address.company(), address.instance(), report);
                case Reading.Ignored(var reason) -> counters.ignored(PROVIDER, reason);
            }
        }
        if (!items.isEmpty() && !store.store(address, items)) {
            keep(address, body, "not_storable");
        }
    }

    private void keep(InstanceAddress address, byte[] body, String reason) {
        inbox.keep(PROVIDER, address.instance().value().toString(), address.company(), Map.of(), body, reason);
    }
}
