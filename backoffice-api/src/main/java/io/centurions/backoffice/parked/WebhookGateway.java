package io.centurions.backoffice.parked;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.neighbour.OurToken;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What a gateway does for us with one webhook that it keeps: the same in each, and soon done. */
interface WebhookGateway {

    /** Who wants it, by the issuer's id. */
    record ReprocessAsk(String by) {}

    /** Handles a parked webhook as if it came now; 409 when somebody settled it before. */
    JsonNode reprocess(UUID id, ReprocessAsk ask);

    /** WhatsApp's. */
    @RegisterRestClient(configKey = "evolution-manager")
    @RegisterProvider(OurToken.class)
    @Path("/internal/webhooks")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    interface Evolution extends WebhookGateway {
        @Override
        @POST
        @Path("/{id}/reprocess")
        JsonNode reprocess(@PathParam("id") UUID id, ReprocessAsk ask);
    }

    /** Instagram's and Telegram's. */
    @RegisterRestClient(configKey = "agent-runtime")
    @RegisterProvider(OurToken.class)
    @Path("/internal/webhooks")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    interface Runtime extends WebhookGateway {
        @Override
        @POST
        @Path("/{id}/reprocess")
        JsonNode reprocess(@PathParam("id") UUID id, ReprocessAsk ask);
    }

    /** Autentique's. */
    @RegisterRestClient(configKey = "autentique-service")
    @RegisterProvider(OurToken.class)
    @Path("/internal/webhooks")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    interface Autentique extends WebhookGateway {
        @Override
        @POST
        @Path("/{id}/reprocess")
        JsonNode reprocess(@PathParam("id") UUID id, ReprocessAsk ask);
    }
}
