package io.centurions.backoffice.deal;

import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.Caller;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.tenancy.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** Deals of all companies, for the holding's people. */
@Path("/v1/deals")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class HoldingDealResource {

    private final Database database;
    private final Caller caller;
    private final DealIndex index;

    HoldingDealResource(Database database, Caller caller, DealIndex index) {
        this.database = database;
        this.caller = caller;
        this.index = index;
    }

    @GET
    public Page<DealView> list(
            @Valid @BeanParam PageAsk ask, @QueryParam("status") @Pattern(regexp = DealView.STATUSES) String status) {
        var found = database.asReader(caller.person(), tx -> index.ofHolding(tx, ask.after(), status, ask.fetch()));
        return Page.of(found, ask, DealView::id);
    }
}
