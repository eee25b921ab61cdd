package io.centurions.backoffice.channel;

import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Channel instances of a company. */
@Path("/v1/companies/{companyId}/channels")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ChannelResource {

    private final CompanyDoor door;
    private final ChannelRepository channels;
    private final OpenChannel openChannel;
    private final ConnectChannel connectChannel;
    private final CloseChannel closeChannel;

    ChannelResource(
            CompanyDoor door,
            ChannelRepository channels,
            OpenChannel openChannel,
            ConnectChannel connectChannel,
            CloseChannel closeChannel) {
        this.door = door;
        this.channels = channels;
        this.openChannel = openChannel;
        this.connectChannel = connectChannel;
        this.closeChannel = closeChannel;
    }

    /** Stores it, then has it connected; a connection that fails shows as status error and can be repeated. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<ChannelView> create(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid NewChannel ask) {
        ask.check();
        var opened = door.enter(companyId, tx -> openChannel.openOnce(tx, key, ask));
        // Also for a repeat of a request that died before it came to this.
        var view = opened.view().status().equals("new")
                ? connectChannel.connect(CompanyId.of(companyId), opened.view())
                : opened.view();
        return Created.at("/v1/companies/" + companyId + "/channels/" + view.id(), view, opened.fresh());
    }

    @POST
    @Path("/{id}/connect")
    public ChannelView connect(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        var channel = living(companyId, id);
        return connectChannel.connect(CompanyId.of(companyId), channel);
    }

    @GET
    @RolesAllowed({
        Roles.SUPER_ADMIN,
        Roles.BACKOFFICE_ADMIN,
        Roles.AI_SUPERVISOR,
        Roles.COMPANY_ADMIN,
        Roles.MARKETING_ADMIN
    })
    public Page<ChannelView> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return door.enter(companyId, tx -> Page.of(channels.page(tx, ask.after(), ask.fetch()), ask, ChannelView::id));
    }

    @GET
    @Path("/{id}")
    public ChannelView read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return connectChannel.look(CompanyId.of(companyId), known(companyId, id));
    }

    /** The row stays, so that its late webhooks are recognised and ignored. */
    @DELETE
    @Path("/{id}")
    public void delete(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        connectChannel.disconnect(CompanyId.of(companyId), door.enter(companyId, tx -> closeChannel.close(tx, id)));
    }

    private ChannelView known(UUID companyId, UUID id) {
        return door.enter(companyId, tx -> channels.find(tx, id).orElseThrow(() -> Problem.notFound("channel")));
    }

    private ChannelView living(UUID companyId, UUID id) {
        var channel = known(companyId, id);
        if (channel.status().equals("deleted")) {
            throw Problem.conflict("channel-deleted", "a deleted channel is not connected again, make a new one");
        }
        return channel;
    }
}
