package io.centurions.backoffice.parked;

import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.DatabaseUnavailable;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;

/** Webhooks that a gateway kept and could not handle: seen without their content, handled again or given up. */
@Path("/v1/parked-webhooks")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ParkedWebhookResource {

    private static final String REPROCESS = "parked-webhook.reprocess";

    private final ParkedWebhookRepository webhooks;
    private final ReprocessWebhook reprocess;
    private final DiscardWebhook discard;
    private final Reach reach;
    private final CompanyDoor door;

    ParkedWebhookResource(
            ParkedWebhookRepository webhooks,
            ReprocessWebhook reprocess,
            DiscardWebhook discard,
            Reach reach,
            CompanyDoor door) {
        this.webhooks = webhooks;
        this.reprocess = reprocess;
        this.discard = discard;
        this.reach = reach;
        this.door = door;
    }

    /** Newest first; only those that wait for a person, unless a state is asked for. */
    @GET
    public Page<ParkedWebhookView> list(
            @Valid @BeanParam PageAsk ask,
            @Valid @BeanParam ParkedFilter filter,
            @QueryParam("provider") @Size(max = 40) String provider) {
        var found = webhooks.page(reach.within(filter.company), filter, provider, ask.after(), ask.fetch());
        return Page.of(found, ask, ParkedWebhookView::id);
    }

    @GET
    @Path("/{service}/{id}")
    public ParkedWebhookView read(@PathParam("service") String service, @PathParam("id") UUID id) {
        return find(service, id);
    }

    /** Has its gateway handle it as if it came now. */
    @POST
    @Path("/{service}/{id}/reprocess")
    public RestResponse<ParkedWebhookView> reprocess(
            @PathParam("service") String service,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key) {
        var done = reprocess.reprocess(List.of(find(service, id)), new Keyed(REPROCESS, key, Map.of("id", id)));
        done.thing().getFirst().orRefuse(Settling.REPROCESSED, "parked webhook");
        return new Done<>(handled(service, id), done.fresh()).ok();
    }

    private ParkedWebhookView handled(String service, UUID id) {
        try {
            return find(service, id);
        } catch (DatabaseUnavailable e) {
            throw Problem.unavailable(
                    "it was reprocessed and cannot be shown now, nothing is lost by repeating with the same key",
                    Duration.ofSeconds(5));
        }
    }

    /** Each ends for itself; the answer says how. Repeating asks only for what is still parked. */
    @POST
    @Path("/reprocess")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Selection.Outcomes> reprocess(
            @HeaderParam("Idempotency-Key") String key, @NotNull @Valid Selection selection) {
        List<UUID> ids = selection.distinct();
        var found = webhooks.find(reach.within(null), List.of(Keeper.values()), ids);
        var done = reprocess.reprocess(found, new Keyed(REPROCESS, key, selection));
        Map<UUID, Selection.Item> ended =
                done.thing().stream().collect(Collectors.toMap(Selection.Item::id, item -> item));
        var items = ids.stream()
                .map(id -> ended.getOrDefault(id, new Selection.Item(id, Settling.NOT_FOUND)))
                .toList();
        return new Done<>(new Selection.Outcomes(items), done.fresh()).ok();
    }

    /** Gives it up: what it told is never known. */
    @POST
    @Path("/{service}/{id}/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<ParkedWebhookView> discard(
            @PathParam("service") String service,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid Discarding ask) {
        ParkedWebhookView webhook = find(service, id);
        if (webhook.companyId() == null) {
            boolean fresh = discard.discardNobodys(webhook, ask.reason(), key);
            return new Done<>(find(service, id), fresh).ok();
        }
        var keyed = new Keyed("parked-webhook.discard", key, Map.of("id", id, "reason", ask.reason()));
        return door.once(webhook.companyId(), Deed.ENDS, keyed, (tx, fresh) -> {
                    if (fresh) {
                        discard.discard(tx, webhook, ask.reason());
                    }
                    return webhooks.find(tx, webhook.keeper(), id)
                            .orElseThrow(() -> Problem.notFound("parked webhook"));
                })
                .ok();
    }

    private ParkedWebhookView find(String service, UUID id) {
        return webhooks.find(reach.within(null), List.of(Keeper.of(service)), List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("parked webhook"));
    }
}
