package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.neighbour.OurToken;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What a gateway does for us with all webhooks that it received in a window: the same in each, and it may take minutes. */
interface RebuildGateway {

    /** The window, by the gateway's clock of receipt, and whose webhooks; null: of every instance. */
    record RebuildAsk(Instant from, Instant to, UUID instanceId, String by) {}

    /** Makes projections of what was received again: no reply, deal, contract or conversion comes of it. */
    JsonNode rebuild(RebuildAsk ask);

    /** WhatsApp's. */
    @RegisterRestClient(configKey = "evolution-manager-rebuild")
    @RegisterProvider(OurToken.class)
    @Path("/internal/webhooks")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    interface Evolution extends RebuildGateway {
        @Override
        @POST
        @Path("/rebuild")
        JsonNode rebuild(RebuildAsk ask);
    }

    /** Instagram's and Telegram's. */
    @RegisterRestClient(configKey = "agent-runtime-rebuild")
    @RegisterProvider(OurToken.class)
    @Path("/internal/webhooks")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    interface Runtime extends RebuildGateway {
        @Override
        @POST
        @Path("/rebuild")
        JsonNode rebuild(RebuildAsk ask);
    }

    /** Autentique's. */
    @RegisterRestClient(configKey = "autentique-service-rebuild")
    @RegisterProvider(OurToken.class)
    @Path("/internal/webhooks")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    interface Autentique extends RebuildGateway {
        @Override
        @POST
        @Path("/rebuild")
        JsonNode rebuild(RebuildAsk ask);
    }
}
