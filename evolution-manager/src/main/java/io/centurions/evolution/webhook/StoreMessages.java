package io.centurions.evolution.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.centurions.contracts.id.CompanyId;
import io.centurions.evolution.evolution.IntakeItem;
import io.centurions.evolution.media.FetchMedia;
import io.centurions.evolution.media.WantedFile;
import io.centurions.platform.intake.Outcome;
import io.centurions.platform.intake.ReprocessItems;
import io.centurions.platform.intake.StoreWebhooks;
import io.centurions.platform.intake.Webhook;
import io.centurions.platform.tenancy.Trace;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import io.centurions.platform.webhooks.ReprocessWebhook.Wanted;
import io.centurions.platform.webhooks.WebhookCounters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Stores what was said, counts it, and has its files fetched. */
@ApplicationScoped
class StoreMessages {

    private static final Set<String> NOTHING_NEW = Set.of("duplicate", "deleted_instance", "ignored");

    private final StoreWebhooks webhooks;
    private final ReprocessItems reprocess;
    private final ObjectWriter json;
    private final WebhookCounters counters;
    private final FetchMedia media;

    StoreMessages(
            StoreWebhooks webhooks,
            ReprocessItems reprocess,
            ObjectMapper json,
            WebhookCounters counters,
            FetchMedia media) {
        this.webhooks = webhooks;
        this.reprocess = reprocess;
        this.json = json.writerFor(IntakeItem.class);
        this.counters = counters;
        this.media = media;
    }

    /** How a webhook was taken; all three are durable. */
    enum Taken {
        WHOLE,

        /** Something in it can never be stored, and was parked if the webhook is one that is kept. */
        IN_PART,

        /** Ours in the table, unknown to the intake: the channel was never made there. Nothing is parked yet. */
        NOBODYS
    }

    /** Stores a webhook; what was stored before is not stored again. */
    Taken store(CompanyId company, Webhook webhook, List<IntakeItem> items) {
        return taken(company, items, webhooks.store(webhook, batch(items)));
    }

    /** Stores what a parked webhook says and settles it, both or neither. */
    Handled reprocess(Wanted wanted, List<IntakeItem> items) {
        Origin origin = wanted.kept().origin();
        return reprocess.handle(wanted, origin, batch(items), outcomes -> taken(origin.company(), items, outcomes));
    }

    private Taken taken(CompanyId company, List<IntakeItem> items, List<Outcome> outcomes) {
        Taken taken = Taken.WHOLE;
        for (int place = 0; place < outcomes.size(); place++) {
            Outcome outcome = outcomes.get(place);
            if (outcome.word().equals("stored")) {
                counters.stored(ReceiveWebhook.PROVIDER, 1);
                want(company, items.get(place), outcome);
            } else if (NOTHING_NEW.contains(outcome.word())) {
                counters.ignored(ReceiveWebhook.PROVIDER, outcome.word());
            } else if (outcome.unstorable()) {
                taken = Taken.IN_PART;
            } else if (outcome.word().equals("unknown_instance") && taken == Taken.WHOLE) {
                taken = Taken.NOBODYS;
            }
        }
        return taken;
    }

    private void want(CompanyId company, IntakeItem item, Outcome stored) {
        if (item.hasFile()) {
            media.soon(new WantedFile(
                    company,
                    item.instanceId(),
                    stored.id("message_id"),
                    stored.id("conversation_id"),
                    item.providerMessageId(),
                    item.kind(),
                    item.fileBytes(),
                    item.inlineMedia()));
        }
    }

    /** Each item as the intake takes it, with the trace that its events carry on. */
    List<String> batch(List<IntakeItem> items) {
        Trace trace = Trace.current();
        String traced = "{\"trace\":{\"correlation_id\":\"" + trace.correlationId() + '"'
                + (trace.traceparent() == null ? "" : ",\"traceparent\":\"" + trace.traceparent() + '"') + "},";
        List<String> batch = new ArrayList<>(items.size());
        for (IntakeItem item : items) {
            // Spliced in, because a tree only to add one field would be built and written once more.
            batch.add(traced + written(item).substring(1));
        }
        return batch;
    }

    private String written(IntakeItem item) {
        try {
            return json.writeValueAsString(item);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an intake item cannot be written as JSON", e);
        }
    }
}
