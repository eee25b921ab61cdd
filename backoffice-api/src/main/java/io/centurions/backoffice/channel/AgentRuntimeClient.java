package io.centurions.backoffice.channel;

import io.quarkus.oidc.client.filter.OidcClientFilter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What agent-runtime does for us with the channels that it speaks itself. */
@RegisterRestClient(configKey = "agent-runtime")
@OidcClientFilter
@Path("/internal/channels/{id}")
public interface AgentRuntimeClient {

    /** Whose the instance is, and where it lives. */
    record ChannelAsk(UUID companyId, String channel) {}

    /** Registers the webhook, or starts to poll; repeated, it changes nothing. */
    @POST
    @Path("/connect")
    @Consumes(MediaType.APPLICATION_JSON)
    void connect(@PathParam("id") UUID id, ChannelAsk ask);
}
