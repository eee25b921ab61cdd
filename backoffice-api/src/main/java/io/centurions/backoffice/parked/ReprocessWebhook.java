package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.neighbour.Answer;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/**
 * Has the gateway that keeps a webhook handle it. The effect is the gateway's and commits there, with the person's id on
 * the row; so the asking is kept here before it, and what came of it after: nobody asks without a trace.
 */
@ApplicationScoped
class ReprocessWebhook {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Gateways gateways;
    private final Database database;
    private final AuditLog audit;
    private final HoldingAudit holdingAudit;
    private final Reach reach;

    ReprocessWebhook(Gateways gateways, Database database, AuditLog audit, HoldingAudit holdingAudit, Reach reach) {
        this.gateways = gateways;
        this.database = database;
        this.audit = audit;
        this.holdingAudit = holdingAudit;
        this.reach = reach;
    }

    /** Of several who try, the gateway lets one. */
    Selection.Item reprocess(ParkedWebhookView webhook) {
        if (!webhook.state().equals("parked")) {
            return new Selection.Item(webhook.id(), Settling.ALREADY_SETTLED);
        }
        if (!gateways.has(webhook.keeper())) {
            return new Selection.Item(webhook.id(), Settling.NOT_REPROCESSABLE);
        }
        keep(webhook, "parked-webhook.reprocess", "asked");
        var ended = ended(webhook.id(), gateways.reprocess(webhook.keeper(), webhook.id(), reach.actor()));
        if (ended.outcome() != Settling.REPROCESSED) {
            keep(webhook, "parked-webhook.not-reprocessed", ended.outcome().code());
        }
        return ended;
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

    private void keep(ParkedWebhookView webhook, String action, String state) {
        var after = Map.of("service", webhook.service(), "state", state);
        if (webhook.companyId() == null) {
            holdingAudit.write(action, webhook.id(), after);
        } else {
            database.runAsCompany(
                    CompanyId.of(webhook.companyId()), tx -> audit.write(tx, action, webhook.id(), null, after));
        }
    }
}
