package io.centurions.autentique.webhook;

import io.centurions.autentique.autentique.Notice;
import io.centurions.autentique.autentique.ReadNotice;
import io.centurions.platform.access.Callers;
import io.centurions.platform.webhooks.KeptWebhook;
import io.centurions.platform.webhooks.RebuildWindow;
import io.centurions.platform.webhooks.ReprocessWebhook;
import io.centurions.platform.webhooks.ReprocessWebhook.Handled;
import io.centurions.platform.webhooks.ReprocessWebhook.Wanted;
import io.centurions.platform.webhooks.WebhookInbox;
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
    private final WebhookInbox inbox;
    private final ReadNotice readNotice;
    private final KeepNotice keepNotice;

    KeptWebhookResource(
            ReprocessWebhook reprocess,
            RebuildWindow rebuild,
            WebhookInbox inbox,
            ReadNotice readNotice,
            KeepNotice keepNotice) {
        this.reprocess = reprocess;
        this.rebuild = rebuild;
        this.inbox = inbox;
        this.readNotice = readNotice;
        this.keepNotice = keepNotice;
    }

    /** Handles a parked webhook as if it came now; 409 when it is settled, 422 when it still cannot be handled. */
    @POST
    @Path("/{id}/reprocess")
    public ReprocessWebhook.Done reprocess(@PathParam("id") UUID id, ReprocessWebhook.Ask ask) {
        return reprocess.reprocess(id, ask, this::handle);
    }

    /**
     * Restores the notices that are missing of what was received in a window. Repeated, it changes nothing. A webhook comes for all contracts
     * of an endpoint, so there is no instance to choose.
     */
    @POST
    @Path("/rebuild")
    public RebuildWindow.Account rebuild(RebuildWindow.Ask ask) {
        return rebuild.rebuild(ask, (kept, instance) -> restore(kept));
    }

    private Handled handle(Wanted wanted) {
        return switch (readNotice.read(wanted.kept().body())) {
            case Notice.AboutDocument notice -> keepNotice.reprocess(notice, wanted);
            case Notice.Ignored ignored -> inbox.settle(wanted);
            case Notice.Unreadable still -> Handled.UNREADABLE;
        };
    }

    private RebuildWindow.Restored restore(KeptWebhook kept) {
        return switch (readNotice.read(kept.body())) {
            case Notice.AboutDocument notice -> keepNotice.restore(notice, kept);
            case Notice.Ignored ignored -> RebuildWindow.Restored.of(0, 1);
            case Notice.Unreadable still -> RebuildWindow.Restored.UNREADABLE;
        };
    }
}
