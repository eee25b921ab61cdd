package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.intake.Outcome;
import io.centurions.platform.intake.Webhook;
import io.centurions.platform.webhooks.KeptWebhook;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.RebuildWindow.Restored;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import io.centurions.platform.webhooks.WebhookCounters;
import io.centurions.platform.webhooks.WebhookInbox;
import io.centurions.runtime.intake.InstanceAddresses;
import io.centurions.runtime.intake.Reading;
import io.centurions.runtime.intake.StoreIncoming;
import io.centurions.runtime.intake.Unreadable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Takes in a genuine body: all its accounts in one batch. What speaks of an account that is nobody's yet is parked until somebody connects
 * it; what is ours beside it is stored at once. What was kept is read by the same reader once more when an operator wants it.
 */
@ApplicationScoped
public class ReceiveInstagram {

    public static final String PROVIDER = "instagram";
    static final String ADDRESS = "/webhooks/instagram";
    static final Origin NOBODYS = Origin.of(PROVIDER, ADDRESS, null, null);

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
            Ours ours = ours(reading);
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
    private void storeApart(byte[] body, JsonNode all, Ours ours) {
        JsonNode known = ReadInstagram.only(all, entry -> !ours.nobodys().contains(entry));
        boolean parts = !known.path("entry").isEmpty();
        if (!ours.arrived().isEmpty()) {
            store.store(new Webhook(ours.origin(), parts ? bytes(known) : null), ours.arrived());
        }
        byte[] rest = parts ? bytes(ReadInstagram.only(all, ours.nobodys()::contains)) : body;
        inbox.keep(NOBODYS, rest, "unknown_account");
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
            Ours ours = ours(ReadInstagram.read(parse(kept.body())));
            List<Outcome> outcomes = store.store(new Webhook(kept.origin(), null), ours.arrived());
            if (!ours.whole()) {
                return toConnect(ours.unknown());
            }
            Origin origin = ours.origin();
            return outcomes.stream().anyMatch(Outcome::unstorable)
                    ? Handled.UNSTORABLE
                    : new Handled.Applied(origin.company(), origin.instance());
        } catch (Unreadable still) {
            return Handled.UNREADABLE;
        }
    }

    private static Handled toConnect(Set<String> accounts) {
        return new Handled.Refused(
                "unknown-account",
                "connect the Instagram account %s to a company first, as a channel of it, then reprocess"
                        .formatted(String.join(" and ", accounts)));
    }

    /** Restores what is missing of a kept body. */
    public Restored restore(KeptWebhook kept) {
        try {
            return store.restore(
                    kept, ours(ReadInstagram.read(parse(kept.body()))).arrived());
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

    private Ours ours(Reading<Addressed> reading) {
        return Ours.of(reading.items(), account -> instances.byAccount(PROVIDER, account));
    }
}
