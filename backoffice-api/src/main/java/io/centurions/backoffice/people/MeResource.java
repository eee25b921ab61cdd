package io.centurions.backoffice.people;

import io.centurions.backoffice.security.Caller;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** Who the bearer of a token is here: what a front needs before it shows anything. */
@Path("/v1/me")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MeResource {

    private final Caller caller;

    MeResource(Caller caller) {
        this.caller = caller;
    }

    /**
     * @param role      null: signed in and nothing more
     * @param companyId of somebody who is not the holding's
     * @param holding   sees every company
     */
    public record Me(String subject, String role, UUID companyId, boolean holding, List<String> permissions) {}

    @GET
    public Me me() {
        return new Me(
                caller.subject(),
                caller.role().orElse(null),
                caller.company().orElse(null),
                caller.holding(),
                caller.permissions());
    }
}
