package io.centurions.backoffice.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.neighbour.OurToken;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** What autentique-service does for us. */
@RegisterRestClient(configKey = "autentique-service")
@RegisterProvider(OurToken.class)
@Path("/internal/companies/{companyId}")
@Produces(MediaType.APPLICATION_JSON)
public interface AutentiqueServiceClient {

    @POST
    @Path("/templates")
    @Consumes(MediaType.APPLICATION_JSON)
    RestResponse<JsonNode> writeTemplate(
            @PathParam("companyId") UUID company, @QueryParam("id") UUID id, JsonNode template);

    @GET
    @Path("/templates/{id}")
    RestResponse<JsonNode> readTemplate(@PathParam("companyId") UUID company, @PathParam("id") UUID id);

    @POST
    @Path("/contracts")
    @Consumes(MediaType.APPLICATION_JSON)
    RestResponse<JsonNode> open(@PathParam("companyId") UUID company, JsonNode contract);

    @GET
    @Path("/contracts/{id}")
    RestResponse<JsonNode> read(@PathParam("companyId") UUID company, @PathParam("id") UUID id);

    @POST
    @Path("/contracts/{id}/cancel")
    RestResponse<JsonNode> cancel(@PathParam("companyId") UUID company, @PathParam("id") UUID id);
}
