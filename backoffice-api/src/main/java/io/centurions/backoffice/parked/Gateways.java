package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.neighbour.Answer;
import io.centurions.backoffice.neighbour.Ask;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The three services that hear providers, each asked to hear one webhook again that it kept. */
@ApplicationScoped
class Gateways {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Map<Keeper, WebhookGateway> byKeeper;
    private final Ask ask;

    Gateways(
            @RestClient WebhookGateway.Evolution evolution,
            @RestClient WebhookGateway.Runtime runtime,
            @RestClient WebhookGateway.Autentique autentique,
            Ask ask) {
        this.byKeeper = Map.of(Keeper.EVOLUTION, evolution, Keeper.RUNTIME, runtime, Keeper.AUTENTIQUE, autentique);
        this.ask = ask;
    }

    boolean has(Keeper keeper) {
        return byKeeper.containsKey(keeper);
    }

    /** How it ended, as far as the gateway said so. */
    Selection.Item reprocess(Keeper keeper, UUID webhook, String by) {
        var wanted = new WebhookGateway.ReprocessAsk(by);
        var answer =
                ask.of(keeper.service(), Ask.HOLDING, () -> byKeeper.get(keeper).reprocess(webhook, wanted));
        return switch (answer) {
            case Answer.Given<JsonNode> given -> new Selection.Item(webhook, Settling.REPROCESSED);
            case Answer.Unreachable<JsonNode> away -> new Selection.Item(webhook, Settling.UNAVAILABLE);
            case Answer.Refused<JsonNode>(int status, String problem) ->
                switch (status) {
                    case NOT_FOUND -> new Selection.Item(webhook, Settling.NOT_FOUND);
                    case CONFLICT -> new Selection.Item(webhook, Settling.ALREADY_SETTLED);
                    default -> new Selection.Item(webhook, Settling.NOT_REPROCESSABLE, detail(problem));
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
