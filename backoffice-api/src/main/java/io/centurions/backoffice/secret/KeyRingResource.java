package io.centurions.backoffice.secret;

import io.centurions.backoffice.audit.HoldingAudit;
import io.centurions.backoffice.security.Roles;
import io.centurions.contracts.Uuid7;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

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
    public ResealSecrets.Resealed reseal() {
        var done = resealSecrets.reseal(() -> true);
        audit.write("key-ring.reseal", Uuid7.next(), done);
        return done;
    }
}
