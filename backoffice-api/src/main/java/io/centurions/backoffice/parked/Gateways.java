package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.neighbour.Answer;
import io.centurions.backoffice.neighbour.Ask;
import io.quarkus.arc.All;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The services that hear providers, each asked to hear again what it kept: one webhook, or a window of them. */
@ApplicationScoped
class Gateways {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final Map<Keeper, Gateway> byKeeper;
    private final Ask ask;

    Gateways(@All List<Gateway> gateways, Ask ask) {
        this.byKeeper = gateways.stream().collect(Collectors.toMap(Gateway::keeper, gateway -> gateway));
        this.ask = ask;
    }

    boolean has(Keeper keeper) {
        return byKeeper.containsKey(keeper);
    }

    /** The gateway's own account of what it did. */
    Answer<JsonNode> rebuild(Keeper keeper, RebuildGateway.RebuildAsk wanted) {
        return ask(keeper, gateway -> gateway.windows().rebuild(wanted));
    }

    /** How it ended, as far as the gateway said so. */
    Selection.Item reprocess(Keeper keeper, UUID webhook, String by) {
        var wanted = new WebhookGateway.ReprocessAsk(by);
        return switch (ask(keeper, gateway -> gateway.webhooks().reprocess(webhook, wanted))) {
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

    private Answer<JsonNode> ask(Keeper keeper, Function<Gateway, JsonNode> call) {
        return ask.of(keeper.service(), Ask.HOLDING, () -> call.apply(byKeeper.get(keeper)));
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
