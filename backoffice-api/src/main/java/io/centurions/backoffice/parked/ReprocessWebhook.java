package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.neighbour.Answer;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Has the gateway that keeps a webhook handle it. The effect is the gateway's and commits there, with the person's id on
 * the row; so the asking is kept here before it, and what came of it after: nobody asks without a trace.
 */
@ApplicationScoped
class ReprocessWebhook {

    private static final Logger LOG = Logger.getLogger(ReprocessWebhook.class);

    private static final String TWIN = "the same request is under way; repeat it to learn how it ended";

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Gateways gateways;
    private final KeepAsking asking;
    private final Reach reach;

    ReprocessWebhook(Gateways gateways, KeepAsking asking, Reach reach) {
        this.gateways = gateways;
        this.asking = asking;
        this.reach = reach;
    }

    /**
     * Each ends for itself; of several who try one, the gateway lets one. Not fresh when one of them was handled as the
     * request came first with its key, which is only told now.
     *
     * @throws RuntimeException only before the first is asked for: 409 when the key stands for another request
     */
    Done<List<Selection.Item>> reprocess(List<ParkedWebhookView> webhooks, Keyed keyed) {
        var request = new Request(keyed, asking.before(webhooks, keyed, reach.holding()));
        var items = webhooks.stream().map(request::reprocess).toList();
        return new Done<>(items, !request.replayed);
    }

    /** One coming of a request. */
    private final class Request {

        private final Keyed keyed;
        private final Map<UUID, AskedBefore.Ends> before;
        private boolean replayed;
        private boolean databaseAway;

        Request(Keyed keyed, Map<UUID, AskedBefore.Ends> before) {
            this.keyed = keyed;
            this.before = before;
        }

        Selection.Item reprocess(ParkedWebhookView webhook) {
            UUID id = webhook.id();
            var ends = before.getOrDefault(id, AskedBefore.Ends.NONE);
            if (ends.done() || ends.open() && isCallers(webhook)) {
                replayed = true;
                return new Selection.Item(id, Settling.REPROCESSED);
            }
            if (!webhook.state().equals("parked")) {
                return new Selection.Item(id, Settling.ALREADY_SETTLED);
            }
            if (!gateways.has(webhook.keeper())) {
                return new Selection.Item(id, Settling.NOT_REPROCESSABLE);
            }
            return isAsked(webhook) ? ask(webhook) : new Selection.Item(id, Settling.UNAVAILABLE);
        }

        // What is not kept is not asked for. Once the database was away the rest is left for a repeat: each might
        // wait for it as long as the first.
        private boolean isAsked(ParkedWebhookView webhook) {
            databaseAway = databaseAway || !isKept(webhook, () -> asking.asked(webhook, keyed));
            return !databaseAway;
        }

        private Selection.Item ask(ParkedWebhookView webhook) {
            var ended = ended(webhook.id(), gateways.reprocess(webhook.keeper(), webhook.id(), reach.actor()));
            // The gateway's word stands, kept or not.
            boolean kept = isKept(webhook, () -> asking.ended(webhook, keyed, ended.outcome()));
            return ended.outcome() == Settling.ALREADY_SETTLED && kept ? settled(webhook) : ended;
        }

        // Our own asking has ended; another open one is of the same request that came at the same time.
        private Selection.Item settled(ParkedWebhookView webhook) {
            try {
                var ends = asking.before(List.of(webhook), keyed, reach.holding())
                        .getOrDefault(webhook.id(), AskedBefore.Ends.NONE);
                replayed |= ends.done();
                if (ends.done()) {
                    return new Selection.Item(webhook.id(), Settling.REPROCESSED);
                }
                return ends.open()
                        ? new Selection.Item(webhook.id(), Settling.UNAVAILABLE, TWIN)
                        : new Selection.Item(webhook.id(), Settling.ALREADY_SETTLED);
            } catch (DatabaseUnavailable e) {
                return new Selection.Item(webhook.id(), Settling.UNAVAILABLE);
            }
        }
    }

    // Of an asking whose end nobody heard, the row that the gateway settled tells what it was.
    private boolean isCallers(ParkedWebhookView webhook) {
        return webhook.state().equals("reprocessed") && reach.actor().equals(webhook.settledBy());
    }

    private static boolean isKept(ParkedWebhookView webhook, Runnable keep) {
        try {
            keep.run();
            return true;
        } catch (DatabaseUnavailable e) {
            LOG.warnf("the asking for webhook %s is not kept, the caller may repeat: %s", webhook.id(), e.toString());
            return false;
        }
    }

    private static Selection.Item ended(UUID id, Answer<JsonNode> answer) {
        return switch (answer) {
            case Answer.Given<JsonNode> given -> new Selection.Item(id, Settling.REPROCESSED);
            case Answer.Unreachable<JsonNode> away -> new Selection.Item(id, Settling.UNAVAILABLE);
            case Answer.Refused<JsonNode>(int status, String problem) ->
                switch (status) {
                    case NOT_FOUND -> new Selection.Item(id, Settling.NOT_FOUND);
                    case CONFLICT -> new Selection.Item(id, Settling.ALREADY_SETTLED);
                    default -> new Selection.Item(id, Settling.NOT_REPROCESSABLE, detail(problem));
                };
        };
    }

    // The gateway knows what is in the way, such as the account that must be connected first.
    private static String detail(String problem) {
        try {
            return new JsonObject(problem).getString("detail");
        } catch (DecodeException | ClassCastException notAProblem) {
            return null;
        }
    }
}
