package io.centurions.backoffice.parked;

import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Events that a service gave up: seen, set free or given up for good by a person. */
@Path("/v1/parked-events")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ParkedEventResource {

    private final ParkedEventRepository events;
    private final SettleEvent settle;
    private final SettleSelection selections;
    private final Reach reach;
    private final CompanyDoor door;

    ParkedEventResource(
            ParkedEventRepository events,
            SettleEvent settle,
            SettleSelection selections,
            Reach reach,
            CompanyDoor door) {
        this.events = events;
        this.settle = settle;
        this.selections = selections;
        this.reach = reach;
        this.door = door;
    }

    /** Newest first; only those that wait for a person, unless a state is asked for. */
    @GET
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN})
    public Page<ParkedEventView> list(
            @Valid @BeanParam PageAsk ask,
            @Valid @BeanParam ParkedFilter filter,
            @QueryParam("stream") @Size(max = 100) String stream) {
        var found = events.page(reach.within(filter.company), filter, stream, ask.after(), ask.fetch());
        return Page.of(found, ask, ParkedEventView::id);
    }

    @GET
    @Path("/{service}/{id}")
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN})
    public ParkedEventView read(@PathParam("service") String service, @PathParam("id") UUID id) {
        return find(service, id);
    }

    /** Has the group that parked it handle it once more; its consumer knows what it did before. */
    @POST
    @Path("/{service}/{id}/reprocess")
    public RestResponse<ParkedEventView> reprocess(
            @PathParam("service") String service,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key) {
        ParkedEventView event = find(service, id);
        if (event.companyId() == null) {
            throw SettleEvent.namesNoCompany();
        }
        var keyed = new Keyed("parked-event.reprocess", key, Map.of("id", id));
        return door.once(event.companyId(), Deed.ENDS, keyed, (tx, fresh) -> {
                    if (fresh) {
                        settle.reprocess(tx, event).orRefuse(Settling.REPROCESSED, "parked event");
                    }
                    return asItIs(tx, event);
                })
                .ok();
    }

    /** Each ends for itself; the answer says how. */
    @POST
    @Path("/reprocess")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Selection.Outcomes> reprocess(
            @HeaderParam("Idempotency-Key") String key, @NotNull @Valid Selection selection) {
        return selections.reprocess(reach.within(null), selection, key).ok();
    }

    /** Gives it up: its effect will never be. */
    @POST
    @Path("/{service}/{id}/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<ParkedEventView> discard(
            @PathParam("service") String service,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid Discarding ask) {
        ParkedEventView event = find(service, id);
        if (event.companyId() == null) {
            boolean fresh = settle.discardNobodys(event, ask.reason(), key);
            return new Done<>(find(service, id), fresh).ok();
        }
        var keyed = new Keyed("parked-event.discard", key, Map.of("id", id, "reason", ask.reason()));
        return door.once(event.companyId(), Deed.ENDS, keyed, (tx, fresh) -> {
                    if (fresh) {
                        settle.discard(tx, event, ask.reason());
                    }
                    return asItIs(tx, event);
                })
                .ok();
    }

    private ParkedEventView find(String service, UUID id) {
        return events.find(reach.within(null), List.of(Keeper.of(service)), List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("parked event"));
    }

    private ParkedEventView asItIs(Tx tx, ParkedEventView event) {
        return events.find(tx, event.keeper(), event.id()).orElseThrow(() -> Problem.notFound("parked event"));
    }
}
