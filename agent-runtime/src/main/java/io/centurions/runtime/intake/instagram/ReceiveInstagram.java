package io.centurions.runtime.intake.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.intake.Webhook;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.WebhookCounters;
import io.centurions.platform.webhooks.WebhookInbox;
import io.centurions.runtime.intake.InstanceAddress;
import io.centurions.runtime.intake.InstanceAddresses;
import io.centurions.runtime.intake.StoreIncoming;
import io.centurions.runtime.intake.Unreadable;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Takes in a genuine body. What is ours is stored at once, instance by instance, each part kept
 * with its effect; what speaks of an account that is nobody's yet is parked, update by update,
 * until somebody connects it, as is each update that is not understood; what says nothing to us is
 * kept as applied, for nobody where it did not come with one instance's alone.
 */
@ApplicationScoped
public class ReceiveInstagram {

    public static final String PROVIDER = "instagram";
    static final String ADDRESS = "/webhooks/instagram";

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

    void receive(byte[] body, Map<String, String> safeHeaders) {
        Origin nobodys = new Origin(PROVIDER, ADDRESS, null, null, safeHeaders);
        try {
            JsonNode all = ReadInstagram.parse(json, body);
            Post post = ReadInstagram.read(all);
            post.ignored().forEach(reason -> counters.ignored(PROVIDER, reason));
            Map<String, InstanceAddress> known = instances.byAccounts(PROVIDER, post.accounts());
            Ours ours = Ours.of(post.items(), accounts -> known);
            boolean asItCame = ours.isOnes() && post.strange().isEmpty();
            for (Ours.Part part : ours.parts()) {
                byte[] kept = asItCame ? body : bytes(part.updates());
                Origin origin = part.origin(safeHeaders);
                store.store(new Webhook(origin, kept, items -> chosen(part.updates(), items)), part.arrived());
            }
            // One by one: each is known again by its own words, whatever comes with it the next time.
            ours.nobodys().forEach(update -> inbox.keep(nobodys, bytes(List.of(update)), whyParked(update)));
            post.strange().forEach(update -> park(update, known, nobodys));
            if (!asItCame) {
                keepRest(new Webhook(nobodys, body), all, post);
            }
        } catch (Unreadable unreadable) {
            inbox.keep(nobodys, body, unreadable.getMessage());
        }
    }

    // Whose it is, is known all the same where its account is.
    private void park(Strange update, Map<String, InstanceAddress> known, Origin nobodys) {
        Origin origin = Ours.whose(update, known)
                .map(instance -> Ours.origin(instance, nobodys.safeHeaders()))
                .orElse(nobodys);
        inbox.keep(origin, bytes(List.of(update)), update.reason());
    }

    // What is not kept with what we read of it: a later release may read more.
    private void keepRest(Webhook whole, JsonNode all, Post post) {
        if (post.updates().isEmpty()) {
            store.keep(whole);
        } else if (!post.ignored().isEmpty()) {
            ReadInstagram.takeOut(all, post.updates());
            store.keep(new Webhook(whole.origin(), bytes(all)));
        }
    }

    private static String whyParked(Addressed nobodys) {
        return nobodys.accounts().isEmpty() ? "no_account" : "unknown_account";
    }

    private static byte[] chosen(List<Addressed> updates, IntPredicate places) {
        return bytes(IntStream.range(0, updates.size())
                .filter(places)
                .mapToObj(updates::get)
                .toList());
    }

    private static byte[] bytes(List<? extends Update> updates) {
        return bytes(ReadInstagram.only(updates));
    }

    private static byte[] bytes(JsonNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
