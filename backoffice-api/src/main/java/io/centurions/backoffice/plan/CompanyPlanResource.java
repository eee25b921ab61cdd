package io.centurions.backoffice.plan;

import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** What a company may use: the holding's to say. What it has used it sees itself, in {@code /usage}. */
@Path("/v1/companies/{companyId}/plan")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CompanyPlanResource {

    private final CompanyDoor door;
    private final CompanyPlans plans;

    CompanyPlanResource(CompanyDoor door, CompanyPlans plans) {
        this.door = door;
        this.plans = plans;
    }

    @GET
    public RestResponse<CompanyPlanView> read(@PathParam("companyId") UUID companyId) {
        return tagged(door.enter(companyId, plans::read));
    }

    /** The whole of it: what is left out is no exception any more. Never changed before: If-Match is "0". */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<CompanyPlanView> change(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid CompanyPlanChange wanted) {
        return tagged(door.enter(companyId, tx -> plans.change(tx, IfMatch.of(ifMatch), wanted)));
    }

    private static RestResponse<CompanyPlanView> tagged(CompanyPlanView plan) {
        return Tagged.ok(plan, plan.version());
    }
}
