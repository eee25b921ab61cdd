package io.centurions.backoffice.parked;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The three services that hear providers, each with its two clients. */
@ApplicationScoped
class GatewayClients {

    @Produces
    Gateway evolution(@RestClient WebhookGateway.Evolution webhooks, @RestClient RebuildGateway.Evolution windows) {
        return new Gateway(Keeper.EVOLUTION, webhooks, windows);
    }

    @Produces
    Gateway runtime(@RestClient WebhookGateway.Runtime webhooks, @RestClient RebuildGateway.Runtime windows) {
        return new Gateway(Keeper.RUNTIME, webhooks, windows);
    }

    @Produces
    Gateway autentique(@RestClient WebhookGateway.Autentique webhooks, @RestClient RebuildGateway.Autentique windows) {
        return new Gateway(Keeper.AUTENTIQUE, webhooks, windows);
    }
}
