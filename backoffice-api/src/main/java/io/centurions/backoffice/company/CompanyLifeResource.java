package io.centurions.backoffice.company;

import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** A company that exists: changed, suspended, resumed, archived. */
@Path("/v1/companies")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CompanyLifeResource {

    private final CompanyDoor door;
    private final ChangeCompany change;
    private final CompanyLife life;

    CompanyLifeResource(CompanyDoor door, ChangeCompany change, CompanyLife life) {
        this.door = door;
        this.change = change;
        this.life = life;
    }

    /** Why a company is stopped or ended; its people read it. */
    public record Reason(@NotBlank @Size(max = 500) String reason) {}

    @PUT
    @Path("/{companyId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
    public RestResponse<CompanyView> change(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid CompanyChange ask) {
        return tagged(door.enter(companyId, tx -> change.change(tx, IfMatch.of(ifMatch), ask)));
    }

    /** From now on no Centurion answers; what leads write is stored. */
    @POST
    @Path("/{companyId}/suspend")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<CompanyView> suspend(@PathParam("companyId") UUID companyId, @NotNull @Valid Reason ask) {
        return tagged(door.enter(companyId, tx -> life.suspend(tx, ask.reason())));
    }

    /** Leads who wrote meanwhile are answered. */
    @POST
    @Path("/{companyId}/resume")
    public RestResponse<CompanyView> resume(@PathParam("companyId") UUID companyId) {
        return tagged(door.enter(companyId, life::resume));
    }

    /** For good: what comes for it is turned away, what is there stays readable. */
    @POST
    @Path("/{companyId}/archive")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<CompanyView> archive(@PathParam("companyId") UUID companyId, @NotNull @Valid Reason ask) {
        return tagged(door.enter(companyId, tx -> life.archive(tx, ask.reason())));
    }

    private static RestResponse<CompanyView> tagged(CompanyView company) {
        return Tagged.ok(company, company.version());
    }
}
