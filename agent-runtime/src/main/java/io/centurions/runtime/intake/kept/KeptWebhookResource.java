package io.centurions.runtime.intake.kept;

import io.centurions.platform.access.Callers;
import io.centurions.platform.webhooks.KeptWebhook;
import io.centurions.platform.webhooks.RebuildWindow;
import io.centurions.platform.webhooks.ReprocessWebhook;
import io.centurions.runtime.intake.instagram.ReceiveInstagram;
import io.centurions.runtime.intake.instagram.RepeatInstagram;
import io.centurions.runtime.intake.telegram.ReceiveTelegram;
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
class KeptWebhookResource {

    private final ReprocessWebhook reprocess;
    private final RebuildWindow rebuild;
    private final ReceiveTelegram telegram;
    private final RepeatInstagram instagram;

    KeptWebhookResource(
            ReprocessWebhook reprocess, RebuildWindow rebuild, ReceiveTelegram telegram, RepeatInstagram instagram) {
        this.reprocess = reprocess;
        this.rebuild = rebuild;
        this.telegram = telegram;
        this.instagram = instagram;
    }

    /** Handles a parked webhook as if it came now; 409 when it is settled, 422 when it still cannot be handled. */
    @POST
    @Path("/{id}/reprocess")
    public ReprocessWebhook.Done reprocess(@PathParam("id") UUID id, ReprocessWebhook.Ask ask) {
        return reprocess.reprocess(id, ask, this::handle);
    }

    /** Restores what is missing of what was received in a window. Repeated, it changes nothing. */
    @POST
    @Path("/rebuild")
    public RebuildWindow.Account rebuild(RebuildWindow.Ask ask) {
        return rebuild.rebuild(ask, new Restore());
    }

    private ReprocessWebhook.Handled handle(ReprocessWebhook.Wanted wanted) {
        return switch (wanted.kept().origin().provider()) {
            case ReceiveTelegram.PROVIDER -> telegram.repeat(wanted);
            case ReceiveInstagram.PROVIDER -> instagram.handle(wanted);
            default -> ReprocessWebhook.Handled.UNREADABLE;
        };
    }

    // An update of Telegram always came for one bot; a body of Instagram may speak to several accounts.
    private final class Restore implements RebuildWindow.Restore {

        private final RebuildWindow.Restore ofInstagram = instagram.restoring();

        @Override
        public RebuildWindow.Restored restore(KeptWebhook kept, UUID instance) {
            return switch (kept.origin().provider()) {
                case ReceiveTelegram.PROVIDER -> telegram.restore(kept);
                case ReceiveInstagram.PROVIDER -> ofInstagram.restore(kept, instance);
                default -> RebuildWindow.Restored.UNREADABLE;
            };
        }

        @Override
        public boolean speaksTo(KeptWebhook kept, UUID instance) {
            return kept.origin().provider().equals(ReceiveInstagram.PROVIDER) && ofInstagram.speaksTo(kept, instance);
        }
    }
}
