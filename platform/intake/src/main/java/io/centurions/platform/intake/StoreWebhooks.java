package io.centurions.platform.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.webhooks.WebhookInbox;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stores what webhooks say, the events that follow from it and the webhooks themselves, in one commit that concurrent callers share.
 *
 * <p>When {@link #store} returns, everything is durable, or is named {@link Outcome#UNSTORABLE} and its webhook parked: the provider may hear
 * 200. {@link DatabaseUnavailable} means that nothing is promised and the provider must repeat, which is harmless: each item is known by its
 * key.
 *
 * <p>Blocks the calling thread, which should be a virtual one.
 */
@ApplicationScoped
public class StoreWebhooks {

    private final StoreFold store;
    private final HeldUp heldUp = new HeldUp(System::nanoTime);
    private final Fold fold;
    private final boolean folded;

    @Inject
    StoreWebhooks(Statements statements, WebhookInbox inbox, IntakeConfig config, MeterRegistry meters) {
        this(statements.of(config.function()), inbox, config, meters);
    }

    StoreWebhooks(StoreTogether statement, WebhookInbox inbox, IntakeConfig config, MeterRegistry meters) {
        DistributionSummary sizes = DistributionSummary.builder("intake_fold_webhooks")
                .description("webhooks that shared one statement")
                .register(meters);
        this.store = new StoreFold(statement, webhook -> park(inbox, webhook), heldUp);
        this.fold = new Fold(
                together -> {
                    sizes.record(together.size());
                    store.store(together);
                },
                config.statements(),
                config.webhooks(),
                config.items(),
                config.slow());
        this.folded = config.fold();
    }

    /**
     * Stores one webhook.
     *
     * @param items what it says, each a JSON object as the storing function takes it
     * @return one outcome per item, in the same order
     */
    public List<Outcome> store(Webhook webhook, List<String> items) {
        Waiting waiting = new Waiting(webhook, items);
        if (folded && !heldUp.contains(waiting.company())) {
            return fold.store(waiting);
        }
        store.store(List.of(waiting));
        return waiting.await();
    }

    private static void park(WebhookInbox inbox, Webhook webhook) {
        if (webhook.body() != null) {
            inbox.keep(webhook.origin(), webhook.body(), Outcome.UNSTORABLE);
        }
    }

    /** Makes the statement of this service. */
    @ApplicationScoped
    static class Statements {

        private final Database database;
        private final Relay relay;
        private final ObjectMapper json;
        private final String suffix;

        Statements(
                Database database,
                Relay relay,
                ObjectMapper json,
                @ConfigProperty(name = "centurions.service") String suffix) {
            this.database = database;
            this.relay = relay;
            this.json = json;
            this.suffix = suffix;
        }

        StoreTogether of(String function) {
            return new OneStatement(database, relay, json, function, suffix);
        }
    }
}
