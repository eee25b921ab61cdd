package io.centurions.backoffice.form;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.backoffice.body.StrictJsonMapper;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.webhooks.BodyLimit;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** The public door for web forms: no token, the sites that the form names, 64 KiB. */
@Path("/public/leads")
@PermitAll
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PublicLeadResource {

    private static final int BODY_KIBIBYTES = 64;

    private final ReceiveFormLead receiveFormLead;
    private final KnownForms forms;
    private final ObjectMapper json;

    PublicLeadResource(ReceiveFormLead receiveFormLead, KnownForms forms, StrictJsonMapper strict) {
        this.receiveFormLead = receiveFormLead;
        this.forms = forms;
        this.json = strict.getContext(JsonNode.class);
    }

    /**
     * That the lead is stored; the first message follows. Says nothing of who is known: anybody may type anybody's
     * number here.
     *
     * @param submission new for each call
     */
    @Schema(name = "AcceptedLead")
    public record Accepted(boolean accepted, UUID submission) {}

    @POST
    @Path("/{formKey}")
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit(kibibytes = BODY_KIBIBYTES)
    public RestResponse<Accepted> receive(
            @PathParam("formKey") String formKey,
            @HeaderParam("User-Agent") String userAgent,
            @HeaderParam("Origin") String origin,
            HttpServerRequest request,
            byte[] body) {
        return accept(formKey, object(body), visitor(request, userAgent, origin));
    }

    /** The same for senders that cannot choose the address: the form stands in the body. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @BodyLimit(kibibytes = BODY_KIBIBYTES)
    public RestResponse<Accepted> receive(
            @HeaderParam("User-Agent") String userAgent,
            @HeaderParam("Origin") String origin,
            HttpServerRequest request,
            byte[] body) {
        JsonNode lead = object(body);
        if (!lead.path("form").isTextual()) {
            throw Problem.badRequest("form-missing", "form is needed: the key of the form");
        }
        return accept(lead.path("form").asText(), lead, visitor(request, userAgent, origin));
    }

    /** What a browser asks before it posts JSON from another site. */
    @OPTIONS
    public RestResponse<Void> preflight() {
        return RestResponse.noContent();
    }

    /** The same where the form is known: a site that it does not name is not let in. */
    @OPTIONS
    @Path("/{formKey}")
    public RestResponse<Void> preflightOfForm(
            @PathParam("formKey") String formKey, @HeaderParam("Origin") String origin) {
        forms.find(formKey, origin);
        return RestResponse.noContent();
    }

    private RestResponse<Accepted> accept(String formKey, JsonNode lead, Visitor visitor) {
        UUID submission = receiveFormLead.receive(formKey, lead, visitor);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, new Accepted(true, submission))
                .build();
    }

    private JsonNode object(byte[] body) {
        try {
            JsonNode read = json.readTree(body);
            if (read != null && read.isObject()) {
                return read;
            }
        } catch (JsonProcessingException e) {
            throw notOneObject();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read bytes that are in memory", e);
        }
        throw notOneObject();
    }

    private static Problem notOneObject() {
        return Problem.badRequest("malformed-json", "the body is not one JSON object that names each field once");
    }

    private static Visitor visitor(HttpServerRequest request, String userAgent, String origin) {
        return new Visitor(
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress(), userAgent, origin);
    }
}
