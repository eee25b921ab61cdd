package io.centurions.backoffice.parked;

import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.quarkus.resteasy.reactive.jackson.CustomDeserialization;
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
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;

/** Webhooks that a gateway kept and could not handle: seen without their content, handled again or given up. */
@Path("/v1/parked-webhooks")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@CustomDeserialization(Strictly.class)
public class ParkedWebhookResource {

    private final ParkedWebhookRepository webhooks;
    private final ReprocessWebhook reprocess;
    private final DiscardWebhook discard;
    private final Reach reach;
    private final Door door;

    ParkedWebhookResource(
            ParkedWebhookRepository webhooks,
            ReprocessWebhook reprocess,
            DiscardWebhook discard,
            Reach reach,
            Door door) {
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

    /**
     * Has its gateway handle it as if it came now. Repeated with a key it answers what the first one made: the gateway
     * lets only one through.
     */
    @POST
    @Path("/{service}/{id}/reprocess")
    public RestResponse<ParkedWebhookView> reprocess(
            @PathParam("service") String service,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key) {
        ParkedWebhookView webhook = find(service, id);
        if (door.repeated(webhook.companyId(), "parked-webhook.reprocess", key, Map.of("id", id))
                && webhook.state().equals("reprocessed")) {
            return Door.answer(webhook, false);
        }
        reprocess.reprocess(webhook).orRefuse(Settling.REPROCESSED, "parked webhook");
        return RestResponse.ok(find(service, id));
    }

    /** Each ends for itself; the answer says how. Repeating asks only for what is still parked. */
    @POST
    @Path("/reprocess")
    @Consumes(MediaType.APPLICATION_JSON)
    public Selection.Outcomes reprocess(@NotNull @Valid Selection selection) {
        List<UUID> ids = selection.distinct();
        Map<UUID, ParkedWebhookView> found = byId(webhooks.find(reach.within(null), List.of(Keeper.values()), ids));
        return new Selection.Outcomes(ids.stream()
                .map(id -> found.containsKey(id)
                        ? reprocess.reprocess(found.get(id))
                        : new Selection.Item(id, Settling.NOT_FOUND))
                .toList());
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
            return Door.answer(find(service, id), fresh);
        }
        var request = Map.of("id", id, "reason", ask.reason());
        return door.once(webhook.companyId(), "parked-webhook.discard", key, request, (tx, fresh) -> {
            if (fresh) {
                discard.discard(tx, webhook, ask.reason());
            }
            return webhooks.find(tx, webhook.keeper(), id).orElseThrow(() -> Problem.notFound("parked webhook"));
        });
    }

    private static Map<UUID, ParkedWebhookView> byId(List<ParkedWebhookView> found) {
        return found.stream().collect(Collectors.toMap(ParkedWebhookView::id, webhook -> webhook));
    }

    private ParkedWebhookView find(String service, UUID id) {
        return webhooks.find(reach.within(null), List.of(Keeper.of(service)), List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("parked webhook"));
    }
}
