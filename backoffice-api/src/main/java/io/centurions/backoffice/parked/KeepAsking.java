package io.centurions.backoffice.parked;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is kept of asking a gateway for a webhook, with the key of the request: at its company, or at the holding. A
 * webhook that named no company may have one once it was handled, so the holding's people are told from both.
 */
@ApplicationScoped
class KeepAsking {

    private static final String REFUSED = "parked-webhook.not-reprocessed";
    private static final String DONE = "parked-webhook.reprocessed";

    private final Database database;
    private final Once once;
    private final AuditLog audit;
    private final HoldingAudit holdingAudit;
    private final AskedBefore before;

    KeepAsking(Database database, Once once, AuditLog audit, HoldingAudit holdingAudit, AskedBefore before) {
        this.database = database;
        this.once = once;
        this.audit = audit;
        this.holdingAudit = holdingAudit;
        this.before = before;
    }

    /**
     * What came of each webhook when the request came before; absent are those that it did not ask for.
     *
     * @param holding whether the holding's people ask, whose keys are kept in two places
     * @throws RuntimeException 409 when the key stands for another request
     */
    Map<UUID, AskedBefore.Ends> before(List<ParkedWebhookView> webhooks, Keyed keyed, boolean holding) {
        Map<UUID, AskedBefore.Ends> ends = new HashMap<>();
        if (!Once.isKey(keyed.key())) {
            return ends;
        }
        String asking = asking(keyed);
        webhooks.stream()
                .filter(webhook -> webhook.companyId() != null)
                .collect(Collectors.groupingBy(ParkedWebhookView::companyId))
                .forEach((company, its) -> ends.putAll(database.asCompany(
                        CompanyId.of(company),
                        tx -> once.first(tx, keyed).isPresent()
                                ? before.ofCompanys(tx, ids(its), asking)
                                : Map.<UUID, AskedBefore.Ends>of())));
        if (holding && holdingAudit.first(keyed).isPresent()) {
            before.ofHoldings(ids(webhooks), asking)
                    .forEach((webhook, its) -> ends.merge(webhook, its, AskedBefore.Ends::and));
        }
        return ends;
    }

    /** Before the gateway is asked. */
    void asked(ParkedWebhookView webhook, Keyed keyed) {
        var after = after(webhook, "asked", keyed);
        if (webhook.companyId() != null) {
            database.runAsCompany(CompanyId.of(webhook.companyId()), tx -> {
                audit.write(tx, keyed.operation(), webhook.id(), null, after);
                once.claim(tx, keyed);
            });
        } else if (!holdingAudit.keep(HoldingAudit.Act.of(keyed, webhook.id(), after))) {
            holdingAudit.write(keyed.operation(), webhook.id(), after);
        }
    }

    /** What came of it. */
    void ended(ParkedWebhookView webhook, Keyed keyed, Settling outcome) {
        String action = outcome == Settling.REPROCESSED ? DONE : REFUSED;
        var after = after(webhook, outcome.code(), keyed);
        if (webhook.companyId() == null) {
            holdingAudit.write(action, webhook.id(), after);
        } else {
            database.runAsCompany(
                    CompanyId.of(webhook.companyId()), tx -> audit.write(tx, action, webhook.id(), null, after));
        }
    }

    private Map<String, String> after(ParkedWebhookView webhook, String state, Keyed keyed) {
        Map<String, String> after = new HashMap<>(Map.of("service", webhook.service(), "state", state));
        if (Once.isKey(keyed.key())) {
            after.put("asking", asking(keyed));
        }
        return after;
    }

    // One and the same for each repeat of a request, and for no other.
    private String asking(Keyed keyed) {
        return UUID.nameUUIDFromBytes(once.hash(keyed)).toString();
    }

    private static List<UUID> ids(List<ParkedWebhookView> webhooks) {
        return webhooks.stream().map(ParkedWebhookView::id).toList();
    }
}
