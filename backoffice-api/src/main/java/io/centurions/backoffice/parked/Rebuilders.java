package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.neighbour.Answer;
import io.centurions.backoffice.neighbour.Ask;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The three services that hear providers, each asked for a window of what it received. */
@ApplicationScoped
class Rebuilders {

    private final Map<Keeper, RebuildGateway> byKeeper;
    private final Ask ask;

    Rebuilders(
            @RestClient RebuildGateway.Evolution evolution,
            @RestClient RebuildGateway.Runtime runtime,
            @RestClient RebuildGateway.Autentique autentique,
            Ask ask) {
        this.byKeeper = Map.of(Keeper.EVOLUTION, evolution, Keeper.RUNTIME, runtime, Keeper.AUTENTIQUE, autentique);
        this.ask = ask;
    }

    boolean has(Keeper keeper) {
        return byKeeper.containsKey(keeper);
    }

    Answer<JsonNode> rebuild(Keeper keeper, RebuildGateway.RebuildAsk wanted) {
        return ask.of(keeper.service(), Ask.HOLDING, () -> byKeeper.get(keeper).rebuild(wanted));
    }
}
