package io.centurions.backoffice.secret;

import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** How far a change of the sealing key has come. The keys themselves are never here. */
@Path("/v1/key-ring")
@RolesAllowed(Roles.SUPER_ADMIN)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class KeyRingResource {

    private final ResealSecrets resealSecrets;
    private final HoldingAudit audit;

    KeyRingResource(ResealSecrets resealSecrets, HoldingAudit audit) {
        this.resealSecrets = resealSecrets;
        this.audit = audit;
    }

    /** @param sealedByOlderKeys while it is not 0, no key may be taken off the ring */
    @Schema(name = "KeyRingStanding")
    public record Standing(long sealedByOlderKeys) {}

    @GET
    public Standing standing() {
        return new Standing(resealSecrets.older());
    }

    /**
     * Does now what is done every ten minutes anyway; repeated, it finds nothing left. WhatsApp's secrets are left
     * to evolution-manager, which does the same with its own.
     */
    @POST
    @Path("/reseal")
    public RestResponse<ResealSecrets.Resealed> reseal(@HeaderParam("Idempotency-Key") String key) {
        var keyed = new Keyed("key-ring.reseal", key, "all");
        return audit.untilDone(keyed, ResealSecrets.Resealed.class, () -> resealSecrets.reseal(() -> true))
                .ok();
    }
}
