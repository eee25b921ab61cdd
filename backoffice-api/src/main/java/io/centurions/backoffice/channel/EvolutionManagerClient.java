package io.centurions.backoffice.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.oidc.client.filter.OidcClientFilter;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What evolution-manager does for us with WhatsApp instances. */
@RegisterRestClient(configKey = "evolution-manager")
@OidcClientFilter
@Path("/internal/instances/{id}")
public interface EvolutionManagerClient {

    /** What the instance is called at the Evolution server, and whose it is. */
    record InstanceAsk(UUID companyId, String name) {}

    /** Makes the instance at the Evolution server; repeated, it changes nothing. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    void provide(@PathParam("id") UUID id, InstanceAsk ask);

    /** Its state and, while there is one, its QR code. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    JsonNode look(@PathParam("id") UUID id);

    @DELETE
    void delete(@PathParam("id") UUID id);
}
