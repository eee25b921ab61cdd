package io.centurions.backoffice.plan;

import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** The holding's plans, newest first. A plan is changed, never deleted: companies are on it. */
@Path("/v1/plans")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PlanResource {

    private final Plans plans;

    PlanResource(Plans plans) {
        this.plans = plans;
    }

    /** A second plan of the same name is a conflict. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<PlanView> make(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid WantedPlan wanted) {
        var done = plans.make(new Keyed("plan.create", key, wanted), wanted);
        PlanView plan = done.thing();
        return Created.at("/v1/plans/" + plan.id(), plan, plan.version(), done.fresh());
    }

    @GET
    public Page<PlanView> list(@Valid @BeanParam PageAsk ask) {
        return Page.of(plans.page(ask.after(), ask.fetch()), ask, PlanView::id);
    }

    @GET
    @Path("/{id}")
    public RestResponse<PlanView> read(@PathParam("id") UUID id) {
        return tagged(plans.read(id));
    }

    /** Counts for every company on the plan from now on; nothing that is there is taken away. */
    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<PlanView> change(
            @PathParam("id") UUID id, @HeaderParam("If-Match") String ifMatch, @NotNull @Valid WantedPlan wanted) {
        return tagged(plans.change(id, IfMatch.of(ifMatch), wanted));
    }

    private static RestResponse<PlanView> tagged(PlanView plan) {
        return Tagged.ok(plan, plan.version());
    }
}
