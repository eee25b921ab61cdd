package io.centurions.backoffice.parked;

import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Has the gateway that keeps a webhook handle it. The effect is the gateway's and commits there, with the person's id on
 * the row; so the asking is kept here before it, and what came of it after: nobody asks without a trace.
 */
@ApplicationScoped
class ReprocessWebhook {

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
        var before = asking.before(webhooks, keyed, reach.holding());
        var request = new ReprocessRequest(gateways, asking, reach, keyed, before);
        var items = webhooks.stream().map(request::reprocess).toList();
        return new Done<>(items, !request.replayed());
    }
}
