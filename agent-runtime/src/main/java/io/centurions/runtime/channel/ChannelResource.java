package io.centurions.runtime.channel;

import io.centurions.platform.access.Callers;
import io.centurions.platform.problem.Problem;
import io.centurions.runtime.intake.InstanceAddress;
import io.centurions.runtime.intake.InstanceAddresses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.UUID;

/** For our own services: connects the channels that this service talks with. */
@Path("/internal/channels/{id}")
@RunOnVirtualThread
@RolesAllowed(Callers.BACKOFFICE_API)
@Produces(MediaType.APPLICATION_JSON)
class ChannelResource {

    private final InstanceAddresses instances;
    private final ConnectChannel connect;

    ChannelResource(InstanceAddresses instances, ConnectChannel connect) {
        this.instances = instances;
        this.connect = connect;
    }

    /** What the provider calls the connected bot or account, and how its updates come in. */
    public record ConnectedChannelView(String state, String externalId, String name, String mode) {}

    /** 422 when the provider refuses the token, 503 when it is away; either may be repeated. */
    @POST
    @Path("connect")
    public ConnectedChannelView connect(@PathParam("id") UUID id) {
        InstanceAddress instance = instances
                .byIdNow(id)
                .filter(found -> !found.deleted() && !"whatsapp".equals(found.channel()))
                .orElseThrow(() -> Problem.notFound("instance"));
        return switch (connect.connect(instance.company(), instance.id(), instance.channel())) {
            case ConnectResult.Connected(String externalId, String name, String mode) ->
                new ConnectedChannelView("connected", externalId, name, mode);
            case ConnectResult.Refused(String code) ->
                throw Problem.unprocessable(code, "the channel cannot be connected with what is stored of it");
            case ConnectResult.TryLater later ->
                throw Problem.providerUnavailable("the provider does not answer", Duration.ofSeconds(10));
        };
    }
}
