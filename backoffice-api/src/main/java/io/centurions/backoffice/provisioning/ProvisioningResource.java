package io.centurions.backoffice.provisioning;

import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** How far the making of a company is, and how to take it back. */
@Path("/v1/companies/{companyId}/provisioning")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ProvisioningResource {

    private final CompanyDoor door;
    private final ProvisioningRepository rows;
    private final UndoProvisioning undo;

    ProvisioningResource(CompanyDoor door, ProvisioningRepository rows, UndoProvisioning undo) {
        this.door = door;
        this.rows = rows;
        this.undo = undo;
    }

    @GET
    public RestResponse<ProvisioningView> read(@PathParam("companyId") UUID companyId) {
        return tagged(door.enter(companyId, tx -> rows.find(tx).orElseThrow(() -> Problem.notFound("provisioning"))));
    }

    /** For a company that never became active: drops the schema that was made, archives the company. */
    @DELETE
    public RestResponse<ProvisioningView> undo(
            @PathParam("companyId") UUID companyId, @HeaderParam("If-Match") String ifMatch) {
        return tagged(undo.undo(companyId, IfMatch.of(ifMatch)));
    }

    private static RestResponse<ProvisioningView> tagged(ProvisioningView view) {
        return Tagged.ok(view, view.version());
    }
}
