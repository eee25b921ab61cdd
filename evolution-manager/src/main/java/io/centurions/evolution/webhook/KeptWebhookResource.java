package io.centurions.evolution.webhook;

import io.centurions.platform.access.Callers;
import io.centurions.platform.webhooks.RebuildWindow;
import io.centurions.platform.webhooks.ReprocessWebhook;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** The webhooks that this service keeps, for an operator who comes through the back office. */
@Path("/internal/webhooks")
@RolesAllowed(Callers.BACKOFFICE_API)
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class KeptWebhookResource {

    private final ReprocessWebhook reprocess;
    private final RebuildWindow rebuild;
    private final RepeatWebhook repeat;

    KeptWebhookResource(ReprocessWebhook reprocess, RebuildWindow rebuild, RepeatWebhook repeat) {
        this.reprocess = reprocess;
        this.rebuild = rebuild;
        this.repeat = repeat;
    }

    /** Handles a parked webhook as if it came now; 409 when it is settled, 422 when it still cannot be handled. */
    @POST
    @Path("/{id}/reprocess")
    public ReprocessWebhook.Done reprocess(@PathParam("id") UUID id, ReprocessWebhook.Ask ask) {
        return reprocess.reprocess(id, ask, repeat::handle);
    }

    /** Restores what is missing of what was received in a window. Repeated, it changes nothing. */
    @POST
    @Path("/rebuild")
    public RebuildWindow.Account rebuild(RebuildWindow.Ask ask) {
        return rebuild.rebuild(ask, (kept, instance) -> repeat.restore(kept));
    }
}
