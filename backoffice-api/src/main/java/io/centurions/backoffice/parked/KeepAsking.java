package io.centurions.backoffice.parked;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is kept of asking a gateway for a webhook, with the key of the request: at its company, or at the holding. */
@ApplicationScoped
class KeepAsking {

    private final Database database;
    private final Once once;
    private final AuditLog audit;
    private final HoldingAudit holdingAudit;

    KeepAsking(Database database, Once once, AuditLog audit, HoldingAudit holdingAudit) {
        this.database = database;
        this.once = once;
        this.audit = audit;
        this.holdingAudit = holdingAudit;
    }

    /**
     * Whether the request came before.
     *
     * @param company empty: what names none
     */
    boolean isKept(Optional<UUID> company, Keyed keyed) {
        return company.map(CompanyId::of)
                .map(known ->
                        database.asCompany(known, tx -> once.first(tx, keyed)).isPresent())
                .orElseGet(() -> holdingAudit.first(keyed).isPresent());
    }

    /** Before the gateway is asked; false when the request has kept its key already. */
    boolean asked(ParkedWebhookView webhook, Keyed keyed) {
        var after = after(webhook, "asked");
        if (webhook.companyId() != null) {
            return database.asCompany(CompanyId.of(webhook.companyId()), tx -> {
                audit.write(tx, keyed.operation(), webhook.id(), null, after);
                return once.claim(tx, keyed).fresh();
            });
        }
        boolean fresh = holdingAudit.keep(HoldingAudit.Act.of(keyed, webhook.id(), after));
        if (!fresh) {
            holdingAudit.write(keyed.operation(), webhook.id(), after);
        }
        return fresh;
    }

    /** What came of it, when it was not what was asked for. */
    void refused(ParkedWebhookView webhook, Settling outcome) {
        String action = "parked-webhook.not-reprocessed";
        var after = after(webhook, outcome.code());
        if (webhook.companyId() == null) {
            holdingAudit.write(action, webhook.id(), after);
        } else {
            database.runAsCompany(
                    CompanyId.of(webhook.companyId()), tx -> audit.write(tx, action, webhook.id(), null, after));
        }
    }

    private static Map<String, String> after(ParkedWebhookView webhook, String state) {
        return Map.of("service", webhook.service(), "state", state);
    }
}
