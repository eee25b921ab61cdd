package io.centurions.backoffice.parked;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Gives a parked webhook up. Its bytes stay until their retention ends; nobody handles them any more. */
@ApplicationScoped
class DiscardWebhook {

    private static final String WHAT = "parked webhook";

    private final ParkedWebhookRepository webhooks;
    private final AuditLog audit;
    private final DiscardNobodys nobodys;
    private final Reach reach;

    DiscardWebhook(ParkedWebhookRepository webhooks, AuditLog audit, DiscardNobodys nobodys, Reach reach) {
        this.webhooks = webhooks;
        this.audit = audit;
        this.nobodys = nobodys;
        this.reach = reach;
    }

    /** In the transaction of the webhook's company, which must have one. */
    void discard(Tx tx, ParkedWebhookView webhook, String reason) {
        Settling settling = Settling.of(webhooks.discard(tx, webhook, reach.actor(), reason));
        settling.orRefuse(Settling.DISCARDED, WHAT);
        audit.write(tx, "parked-webhook.discard", webhook.id(), null, after(webhook, reason));
    }

    /** Of a webhook that names no company; false when the same request did before. */
    boolean discardNobodys(ParkedWebhookView webhook, String reason, String key) {
        String call = ParkedWebhookRepository.discarding(webhook.keeper(), HoldingAudit.FIRST_ARGUMENT);
        return nobodys.discard(WHAT, webhook.id(), after(webhook, reason), call, key);
    }

    private static Map<String, String> after(ParkedWebhookView webhook, String reason) {
        return Map.of("service", webhook.service(), "provider", webhook.provider(), "reason", reason);
    }
}
