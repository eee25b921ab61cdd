package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.neighbour.Answer;
import io.centurions.backoffice.neighbour.Ask;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The three services that hear providers, each asked to hear again what it kept. */
@ApplicationScoped
class Gateways {

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

    Answer<JsonNode> reprocess(Keeper keeper, UUID webhook, String by) {
        var wanted = new WebhookGateway.ReprocessAsk(by);
        return ask.of(keeper.service(), Ask.HOLDING, () -> byKeeper.get(keeper).reprocess(webhook, wanted));
    }

    Answer<JsonNode> rebuild(Keeper keeper, WebhookGateway.RebuildAsk wanted) {
        return ask.of(keeper.service(), Ask.HOLDING, () -> byKeeper.get(keeper).rebuild(wanted));
    }
}
