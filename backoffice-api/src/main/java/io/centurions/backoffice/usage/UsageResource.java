package io.centurions.backoffice.usage;

import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** What a company uses, how far that is from its limits, and the months before. */
@Path("/v1/companies/{companyId}/usage")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class UsageResource {

    private final CompanyDoor door;
    private final ReadUsage usage;

    UsageResource(CompanyDoor door, ReadUsage usage) {
        this.door = door;
        this.usage = usage;
    }

    @GET
    public UsageView read(@PathParam("companyId") UUID companyId, @Valid @BeanParam UsageFilter ask) {
        return door.enter(companyId, tx -> usage.read(tx, ask.months));
    }
}
