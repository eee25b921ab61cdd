package io.centurions.evolution.webhook;

import io.centurions.contracts.id.InstanceId;
import io.centurions.evolution.evolution.WebhookRegistration;
import io.centurions.evolution.instance.InstanceAddress;
import io.centurions.evolution.instance.InstanceDirectory;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.webhooks.BodyLimit;
import io.centurions.platform.webhooks.IncomingBodies;
import io.centurions.platform.webhooks.SafeHeaders;
import io.centurions.platform.webhooks.WebhookCounters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.UUID;

/**
 * Where the Evolution server tells what happens. 401 and 404 make it give up, so only a stranger hears them; what is genuine hears
 * 200 once it is stored, kept or ignored for a reason, and 503 when it cannot be stored, which the server repeats for minutes. A stranger's body is not read.
 */
@Path("/webhooks/evolution/{instanceId}")
@PermitAll
@RunOnVirtualThread
public class EvolutionWebhookResource {

    private final InstanceDirectory directory;
    private final IncomingBodies bodies;
    private final ReceiveWebhook receive;
    private final WebhookCounters counters;

    EvolutionWebhookResource(
            InstanceDirectory directory, IncomingBodies bodies, ReceiveWebhook receive, WebhookCounters counters) {
        this.directory = directory;
        this.bodies = bodies;
        this.receive = receive;
        this.counters = counters;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @BodyLimit(mebibytes = 32)
    public Response receive(
            @PathParam("instanceId") UUID id,
            @HeaderParam(WebhookRegistration.SECRET_HEADER) String secret,
            @Context HttpHeaders headers,
            InputStream body) {
        InstanceAddress address = directory.find(InstanceId.of(id)).orElseThrow(() -> Problem.notFound("instance"));
        if (!address.opensWith(secret)) {
            counters.refused(ReceiveWebhook.PROVIDER, "secret");
            throw Problem.unauthorized("the webhook secret is missing or wrong");
        }
        byte[] bytes = bodies.read(body);
        if (address.deleted()) {
            counters.ignored(ReceiveWebhook.PROVIDER, "deleted_instance");
        } else {
            receive.receive(address, bytes, SafeHeaders.of(headers::getHeaderString));
        }
        return Response.ok().build();
    }
}
