package io.centurions.backoffice.parked;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Gives a parked webhook up. Its bytes stay until their retention ends; nobody handles them any more. */
@ApplicationScoped
class DiscardWebhook {

    private final ParkedWebhookRepository webhooks;
    private final AuditLog audit;
    private final HoldingAudit holdingAudit;
    private final Reach reach;

    DiscardWebhook(ParkedWebhookRepository webhooks, AuditLog audit, HoldingAudit holdingAudit, Reach reach) {
        this.webhooks = webhooks;
        this.audit = audit;
        this.holdingAudit = holdingAudit;
        this.reach = reach;
    }

    /** In the transaction of the webhook's company, which must have one. */
    void discard(Tx tx, ParkedWebhookView webhook, String reason) {
        Settling settling = Settling.of(webhooks.discard(tx, webhook, reach.actor(), reason));
        settling.orRefuse(Settling.DISCARDED, "parked webhook");
        audit.write(tx, "parked-webhook.discard", webhook.id(), null, after(webhook, reason));
    }

    /** Of a webhook that names no company; false when a request with this key did before. */
    boolean discardNobodys(ParkedWebhookView webhook, String reason, String key) {
        String outcome = holdingAudit.once(
                new HoldingAudit.Act("parked-webhook.discard", webhook.id(), after(webhook, reason), key),
                ParkedWebhookRepository.discarding(webhook.keeper(), HoldingAudit.FIRST_ARGUMENT),
                "discarded",
                List.of(webhook.id(), reach.actor(), reason));
        if (outcome.equals(HoldingAudit.REPEATED)) {
            return false;
        }
        Settling.of(outcome).orRefuse(Settling.DISCARDED, "parked webhook");
        return true;
    }

    private static Map<String, String> after(ParkedWebhookView webhook, String reason) {
        return Map.of("service", webhook.service(), "provider", webhook.provider(), "reason", reason);
    }
}
