package io.centurions.backoffice.channel;

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

/** What agent-runtime does for us with the channels that it speaks itself. */
@RegisterRestClient(configKey = "agent-runtime")
@RegisterProvider(OurToken.class)
@Path("/internal/channels/{id}")
public interface AgentRuntimeClient {

    /** Whose the instance is, where it lives, and the account that its token is to be of. */
    record ChannelAsk(UUID companyId, String channel, String account) {}

    /** Registers the webhook, or starts to poll; repeated, it changes nothing. Its {@code externalId} is whose token it is. */
    @POST
    @Path("/connect")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    JsonNode connect(@PathParam("id") UUID id, ChannelAsk ask);
}
