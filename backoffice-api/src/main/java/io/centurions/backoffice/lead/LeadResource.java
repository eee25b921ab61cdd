package io.centurions.backoffice.lead;

import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** Leads of a company, newest first. */
@Path("/v1/companies/{companyId}/leads")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN, Roles.CRM_USER})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class LeadResource {

    private final CompanyDoor door;
    private final LeadRepository leads;

    LeadResource(CompanyDoor door, LeadRepository leads) {
        this.door = door;
        this.leads = leads;
    }

    /**
     * @param overPlan true: only leads who wait for a person because the company's plan has no room: for them, or for what the models
     *                 would cost that answer them; {@code heldFor} of their conversations says which
     */
    @GET
    public Page<LeadView> list(
            @PathParam("companyId") UUID companyId,
            @Valid @BeanParam PageAsk ask,
            @QueryParam("stage") @Pattern(regexp = LeadView.STAGES) String stage,
            @QueryParam("overPlan") @DefaultValue("false") boolean overPlan) {
        return door.enter(
                companyId,
                tx -> Page.of(
                        overPlan
                                ? leads.pageOverPlan(tx, ask.after(), stage, ask.fetch())
                                : leads.page(tx, ask.after(), stage, ask.fetch()),
                        ask,
                        LeadView::id));
    }

    @GET
    @Path("/{id}")
    public LeadDetail read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return door.enter(companyId, tx -> leads.find(tx, id).orElseThrow(() -> Problem.notFound("lead")));
    }
}
