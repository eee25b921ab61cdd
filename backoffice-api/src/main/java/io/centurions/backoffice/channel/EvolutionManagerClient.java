package io.centurions.backoffice.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.neighbour.OurToken;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What evolution-manager does for us with WhatsApp instances. All but the last answer its state and its QR code. */
@RegisterRestClient(configKey = "evolution-manager")
@RegisterProvider(OurToken.class)
@Path("/internal/instances/{id}")
@Produces(MediaType.APPLICATION_JSON)
public interface EvolutionManagerClient {

    /** What the instance is called at the Evolution server, and whose it is. */
    record InstanceAsk(UUID companyId, String name) {}

    /** Makes the instance at the Evolution server; repeated, it changes nothing. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    JsonNode provide(@PathParam("id") UUID id, InstanceAsk ask);

    @GET
    JsonNode look(@PathParam("id") UUID id);

    /** Asks for a QR code; with the number of the phone, for a code to type too. */
    @POST
    @Path("/connect")
    JsonNode connect(@PathParam("id") UUID id, @QueryParam("number") String number);

    /** Drops the connection and opens it again. */
    @POST
    @Path("/restart")
    JsonNode restart(@PathParam("id") UUID id);

    /** Unpairs the phone. */
    @POST
    @Path("/logout")
    JsonNode logOut(@PathParam("id") UUID id);

    @DELETE
    void delete(@PathParam("id") UUID id);
}
