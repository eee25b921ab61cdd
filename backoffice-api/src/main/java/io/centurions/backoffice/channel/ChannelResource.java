package io.centurions.backoffice.channel;

import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.backoffice.security.Roles;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerResponse;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jboss.resteasy.reactive.RestResponse;

/** Channel instances of a company. */
@Path("/v1/companies/{companyId}/channels")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ChannelResource {

    private static final Set<String> NOT_TRIED = Set.of("new", "connecting");

    private final CompanyDoor door;
    private final ChannelRepository channels;
    private final OpenChannel openChannel;
    private final ChangeChannel changeChannel;
    private final CommandChannel commandChannel;

    ChannelResource(
            CompanyDoor door,
            ChannelRepository channels,
            OpenChannel openChannel,
            ChangeChannel changeChannel,
            CommandChannel commandChannel) {
        this.door = door;
        this.channels = channels;
        this.openChannel = openChannel;
        this.changeChannel = changeChannel;
        this.commandChannel = commandChannel;
    }

    /** Stores it, then has it connected; a connection that fails shows as status error and can be repeated. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<ChannelView> create(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid NewChannel ask,
            @Context HttpServerResponse answer) {
        ask.check();
        var opened = door.enter(companyId, tx -> openChannel.openOnce(tx, key, ask));
        // Also for a repeat of a request that died before it came to this, or in the middle of it.
        var view = NOT_TRIED.contains(opened.view().status())
                ? commandChannel.connect(CompanyId.of(companyId), opened.view(), null, repeatAfter(answer))
                : opened.view();
        String address = "/v1/companies/" + companyId + "/channels/" + view.id();
        return Created.at(address, view, view.version(), opened.fresh());
    }

    /** With the number of the phone a WhatsApp instance shows a code to type beside the one to scan. */
    @POST
    @Path("/{id}/connect")
    public RestResponse<ChannelView> connect(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key,
            @QueryParam("number") @Pattern(regexp = "[0-9]{8,15}") String number,
            @Context HttpServerResponse answer) {
        var asked = new Asked(companyId, id, ChannelCommand.CONNECT, key, number);
        return carriedOut(
                asked, (company, channel) -> commandChannel.connect(company, channel, number, repeatAfter(answer)));
    }

    /** Drops the connection to WhatsApp and opens it again; the phone stays paired. */
    @POST
    @Path("/{id}/restart")
    public RestResponse<ChannelView> restart(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key) {
        return carriedOut(new Asked(companyId, id, ChannelCommand.RESTART, key, null), commandChannel::restart);
    }

    /**
     * Unpairs the phone, also of an archived company. The instance stays, and is connected again with a new code.
     */
    @POST
    @Path("/{id}/disconnect")
    public RestResponse<ChannelView> disconnect(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key) {
        return carriedOut(new Asked(companyId, id, ChannelCommand.DISCONNECT, key, null), commandChannel::disconnect);
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
    public RestResponse<ChannelView> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        var known = door.enter(companyId, tx -> found(tx, id));
        return Tagged.ok(commandChannel.look(CompanyId.of(companyId), known), known.version());
    }

    /** A new access token is tried at its provider at once; one that is refused shows as status error. */
    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<ChannelView> change(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid ChannelChange change,
            @Context HttpServerResponse answer) {
        var changed = door.enter(companyId, tx -> changeChannel.change(tx, id, ifMatch, change));
        var view = change.hasToken()
                ? commandChannel.connect(CompanyId.of(companyId), changed, null, repeatAfter(answer))
                : changed;
        return Tagged.ok(view, changed.version());
    }

    /** Also of an archived company. The row stays, so that its late webhooks are recognised and ignored. */
    @DELETE
    @Path("/{id}")
    public void delete(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @HeaderParam("If-Match") String ifMatch) {
        var before = door.enter(companyId, Deed.ENDS, tx -> changeChannel.close(tx, id, ifMatch));
        commandChannel.remove(CompanyId.of(companyId), before);
    }

    private record Asked(UUID company, UUID channel, ChannelCommand command, String key, String number) {

        Keyed keyed() {
            return new Keyed(command.action(), key, Arrays.asList(channel, number));
        }
    }

    // Noted first, carried out after the commit: a repeat does what is left of it.
    private RestResponse<ChannelView> carriedOut(Asked asked, BiFunction<CompanyId, ChannelView, ChannelView> act) {
        var done = new CompanyDoor.UntilDone<>(
                () -> kept(asked, act), view -> !view.lastTryFailed(), tx -> found(tx, asked.channel()));
        return door.untilDone(asked.company(), asked.command().deed(), asked.keyed(), done)
                .tagged(ChannelView::version);
    }

    private ChannelView kept(Asked asked, BiFunction<CompanyId, ChannelView, ChannelView> act) {
        UUID company = asked.company();
        var before = door.enter(
                company, asked.command().deed(), tx -> changeChannel.command(tx, asked.channel(), asked.command()));
        ChannelView now;
        try {
            now = act.apply(CompanyId.of(company), before);
        } catch (Problem problem) {
            if (problem.status() != 503) {
                noted(company, tx -> changeChannel.refused(tx, asked.channel(), asked.command(), problem));
            }
            throw problem;
        }
        noted(company, tx -> changeChannel.commanded(tx, asked.command(), now));
        return now;
    }

    private void noted(UUID company, Consumer<Tx> note) {
        door.enter(company, Deed.ENDS, tx -> {
            note.accept(tx);
            return true;
        });
    }

    // The answer shows the channel as it is: a connection that did not come about is no failure of the request.
    private static Consumer<Duration> repeatAfter(HttpServerResponse answer) {
        return wait -> answer.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.ceilDiv(wait.toMillis(), 1_000L)));
    }

    private ChannelView found(Tx tx, UUID id) {
        return channels.find(tx, id).orElseThrow(() -> Problem.notFound("channel"));
    }
}
