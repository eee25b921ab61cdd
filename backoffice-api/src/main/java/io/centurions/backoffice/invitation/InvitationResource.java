package io.centurions.backoffice.invitation;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** Where an invited person comes in: signed in at the issuer, with or without a role. */
@Path("/v1/invitations")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class InvitationResource {

    private final AcceptInvitation accept;

    InvitationResource(AcceptInvitation accept) {
        this.accept = accept;
    }

    /** The token as the invitation told it. */
    public record Acceptance(
            @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{43}") String token) {

        /** Without the token: it must not reach a log by way of a message. */
        @Override
        public String toString() {
            return "Acceptance[]";
        }
    }

    /** Repeated by the same person, it changes nothing and answers the same. */
    @POST
    @Path("/accept")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Accepted> accept(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid Acceptance ask) {
        return accept.accept(new InvitationToken(ask.token()), key).ok();
    }
}
