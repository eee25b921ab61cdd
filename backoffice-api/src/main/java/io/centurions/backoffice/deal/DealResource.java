package io.centurions.backoffice.deal;

import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Deals of one company, newest first. */
@Path("/v1/companies/{companyId}/deals")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN, Roles.CRM_USER})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class DealResource {

    private final CompanyDoor door;
    private final DealIndex index;
    private final DealRepository deals;
    private final ChangeDeal changeDeal;

    DealResource(CompanyDoor door, DealIndex index, DealRepository deals, ChangeDeal changeDeal) {
        this.door = door;
        this.index = index;
        this.deals = deals;
        this.changeDeal = changeDeal;
    }

    @GET
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN, Roles.CRM_USER})
    public Page<DealView> list(
            @PathParam("companyId") UUID companyId,
            @Valid @BeanParam PageAsk ask,
            @QueryParam("status") @Pattern(regexp = DealView.STATUSES) String status) {
        return door.enter(
                companyId, tx -> Page.of(index.ofCompany(tx, ask.after(), status, ask.fetch()), ask, DealView::id));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN, Roles.CRM_USER})
    public RestResponse<DealDetail> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return door.enter(companyId, tx -> tagged(detail(tx, id)));
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<DealDetail> change(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid DealChange change) {
        return door.enter(companyId, tx -> {
            changeDeal.change(tx, id, IfMatch.optional(ifMatch), change);
            return tagged(detail(tx, id));
        });
    }

    private static RestResponse<DealDetail> tagged(DealDetail deal) {
        return Tagged.ok(deal, Math.toIntExact(deal.version()));
    }

    private DealDetail detail(Tx tx, UUID id) {
        return index.find(tx, id)
                .flatMap(deal -> CompanySchema.of(tx).flatMap(schema -> deals.find(tx, schema, deal)))
                .orElseThrow(() -> Problem.notFound("deal"));
    }
}
