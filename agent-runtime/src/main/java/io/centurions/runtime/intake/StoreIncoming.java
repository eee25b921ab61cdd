package io.centurions.runtime.intake;

import io.centurions.platform.intake.Outcome;
import io.centurions.platform.intake.ReprocessItems;
import io.centurions.platform.intake.RestoreItems;
import io.centurions.platform.intake.StoreWebhooks;
import io.centurions.platform.intake.Webhook;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.webhooks.KeptWebhook;
import io.centurions.platform.webhooks.Origin;
import io.centurions.platform.webhooks.RebuildWindow.Restored;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import io.centurions.platform.webhooks.ReprocessWebhook.Wanted;
import io.centurions.platform.webhooks.WebhookCounters;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Stores what arrived, one or a thousand, together with the webhook that brought it and the events that
 * follow from it.
 *
 * <p>When it returns, everything is durable or named {@link Outcome#UNSTORABLE}, and then it is parked. It
 * throws {@link DatabaseUnavailable} when the provider must repeat; repeating is harmless, as each thing is
 * known by the key its adapter gave it.
 */
@ApplicationScoped
public class StoreIncoming {

    private final StoreWebhooks webhooks;
    private final ReprocessItems reprocess;
    private final RestoreItems restore;
    private final MeterRegistry meters;
    private final WebhookCounters counters;

    StoreIncoming(
            StoreWebhooks webhooks,
            ReprocessItems reprocess,
            RestoreItems restore,
            MeterRegistry meters,
            WebhookCounters counters) {
        this.webhooks = webhooks;
        this.reprocess = reprocess;
        this.restore = restore;
        this.meters = meters;
        this.counters = counters;
    }

    /** Keeps one that says nothing to this release, and a later one may read. */
    public void keep(Webhook webhook) {
        webhooks.store(webhook, List.of());
    }

    /** One outcome per thing, in the same order; a webhook that says none to this release is {@link #keep kept} all the same. */
    public List<Outcome> store(Webhook webhook, List<Arrived> arrived) {
        List<Outcome> outcomes = webhooks.store(webhook, ToBatch.of(arrived));
        outcomes.forEach(each -> count(webhook.origin().provider(), each));
        return outcomes;
    }

    /**
     * Stores what a parked webhook says and settles it, both or neither.
     *
     * @param whose noted where it was not known when it came
     */
    public Handled reprocess(Wanted wanted, Origin whose, List<Arrived> arrived) {
        String provider = wanted.kept().origin().provider();
        return reprocess.handle(
                wanted, whose, ToBatch.of(arrived), outcomes -> outcomes.forEach(each -> count(provider, each)));
    }

    /** Makes again what is missing of a kept webhook; nothing else comes of it. */
    public Restored restore(KeptWebhook kept, List<Arrived> arrived) {
        return restore.restore(kept, ToBatch.of(arrived));
    }

    private void count(String provider, Outcome outcome) {
        meters.counter("intake_total", "provider", provider, "outcome", outcome.word())
                .increment();
        if (outcome.word().endsWith("_instance")) {
            counters.ignored(provider, outcome.word());
        }
    }
}
