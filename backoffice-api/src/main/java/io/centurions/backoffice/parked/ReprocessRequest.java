package io.centurions.backoffice.parked;

import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * One coming of a request that has webhooks handled, one after the other. What was handled as it came before
 * with its key is told and not asked for again; what cannot be kept is not asked for.
 */
class ReprocessRequest {

    private static final Logger LOG = Logger.getLogger(ReprocessRequest.class);

    private static final String TWIN = "the same request is under way; repeat it to learn how it ended";

    private final Gateways gateways;
    private final KeepAsking asking;
    private final Reach reach;
    private final Keyed keyed;
    private final Map<UUID, AskedBefore.Ends> before;
    private boolean replayed;
    private boolean databaseAway;

    /** @param before what came of each webhook as the request came before; absent: it was not asked for */
    ReprocessRequest(
            Gateways gateways, KeepAsking asking, Reach reach, Keyed keyed, Map<UUID, AskedBefore.Ends> before) {
        this.gateways = gateways;
        this.asking = asking;
        this.reach = reach;
        this.keyed = keyed;
        this.before = before;
    }

    /** Whether one of the webhooks so far was handled before, and is only told now. */
    boolean replayed() {
        return replayed;
    }

    /** Has one handled, or tells how it ended; never throws for a gateway or a database that is away. */
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

    // Of an asking whose end nobody heard, the row that the gateway settled tells what it was.
    private boolean isCallers(ParkedWebhookView webhook) {
        return webhook.state().equals("reprocessed") && reach.actor().equals(webhook.settledBy());
    }

    // Once the database was away the rest is left for a repeat: each might wait for it as long as the first.
    private boolean isAsked(ParkedWebhookView webhook) {
        databaseAway = databaseAway || !isKept(webhook, () -> asking.asked(webhook, keyed));
        return !databaseAway;
    }

    private Selection.Item ask(ParkedWebhookView webhook) {
        var ended = gateways.reprocess(webhook.keeper(), webhook.id(), reach.actor());
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

    private static boolean isKept(ParkedWebhookView webhook, Runnable keep) {
        try {
            keep.run();
            return true;
        } catch (DatabaseUnavailable e) {
            LOG.warnf("the asking for webhook %s is not kept, the caller may repeat: %s", webhook.id(), e.toString());
            return false;
        }
    }
}
