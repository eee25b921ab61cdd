package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.neighbour.Answer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Has the gateway that keeps a webhook handle it. The effect is the gateway's and commits there, with the person's id on
 * the row; so the asking is kept here before it, and what came of it after: nobody asks without a trace.
 */
@ApplicationScoped
class ReprocessWebhook {

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
     */
    Done<List<Selection.Item>> reprocess(List<ParkedWebhookView> webhooks, Keyed keyed) {
        // All before the first is asked for, which keeps the key.
        Map<Optional<UUID>, Boolean> keptBefore = webhooks.stream()
                .map(webhook -> Optional.ofNullable(webhook.companyId()))
                .distinct()
                .collect(Collectors.toMap(company -> company, company -> asking.isKept(company, keyed)));
        List<ParkedWebhookView> handled = webhooks.stream()
                .filter(webhook -> webhook.state().equals("reprocessed")
                        && keptBefore.get(Optional.ofNullable(webhook.companyId())))
                .toList();
        Map<Optional<UUID>, Boolean> fresh = new HashMap<>();
        var items = webhooks.stream()
                .map(webhook -> handled.contains(webhook)
                        ? new Selection.Item(webhook.id(), Settling.REPROCESSED)
                        : reprocess(webhook, keyed, fresh))
                .toList();
        return new Done<>(items, handled.isEmpty());
    }

    // The first of a company keeps its key: whether that is the first time is so for all of the company.
    private Selection.Item reprocess(ParkedWebhookView webhook, Keyed keyed, Map<Optional<UUID>, Boolean> freshOf) {
        if (!webhook.state().equals("parked")) {
            return new Selection.Item(webhook.id(), Settling.ALREADY_SETTLED);
        }
        if (!gateways.has(webhook.keeper())) {
            return new Selection.Item(webhook.id(), Settling.NOT_REPROCESSABLE);
        }
        boolean keptNow = asking.asked(webhook, keyed);
        boolean fresh = freshOf.merge(Optional.ofNullable(webhook.companyId()), keptNow, (first, later) -> first);
        var ended = ended(webhook.id(), gateways.reprocess(webhook.keeper(), webhook.id(), reach.actor()));
        if (!fresh && ended.outcome() == Settling.ALREADY_SETTLED) {
            // By the same request: the two were under way at once.
            return new Selection.Item(webhook.id(), Settling.REPROCESSED);
        }
        if (ended.outcome() != Settling.REPROCESSED) {
            asking.refused(webhook, ended.outcome());
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
}
