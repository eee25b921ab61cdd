package io.centurions.backoffice.lead;

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
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** One conversation: what was said, oldest first, and a person's hand on it. */
@Path("/v1/companies/{companyId}/conversations/{id}")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ConversationResource {

    private final CompanyDoor door;
    private final LeadRepository leads;
    private final TakeOver takeOver;
    private final ReturnToMachine giveBack;

    ConversationResource(CompanyDoor door, LeadRepository leads, TakeOver takeOver, ReturnToMachine giveBack) {
        this.door = door;
        this.leads = leads;
        this.takeOver = takeOver;
        this.giveBack = giveBack;
    }

    /** Why a person takes the conversation; may be left out. */
    public record TakeoverAsk(@Size(max = 500) String reason) {}

    /** Who has the conversation now: human, from when on the machine starts no call; else whoever has it since. */
    public record TakenOver(
            UUID conversation,
            String state,

            @Schema(description = "Calls of the machine to the provider that had begun and may still finish.")
            int callsInFlight) {}

    /** Why a person gives the conversation back; may be left out. */
    public record ReturnAsk(@Size(max = 500) String reason) {}

    /** Who has the conversation now: ai when it was given back, else whatever it was. */
    public record Returned(UUID conversation, String state) {}

    @GET
    @Path("/messages")
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN, Roles.CRM_USER})
    public Page<MessageView> messages(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @Valid @BeanParam PageAsk ask) {
        return door.enter(companyId, tx -> {
            if (!leads.hasConversation(tx, id)) {
                throw Problem.notFound("conversation");
            }
            return Page.of(leads.messages(tx, id, ask.after(), ask.fetch()), ask, MessageView::id);
        });
    }

    /** After this is answered no call of the machine to a provider starts; one in flight may finish and is counted. */
    @POST
    @Path("/takeover")
    public RestResponse<TakenOver> takeOver(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key,
            @Valid TakeoverAsk ask) {
        String reason = ask == null ? null : ask.reason();
        return door.once(
                        companyId,
                        Deed.CHANGES,
                        new Keyed("conversation.takeover", key, Arrays.asList(id, reason)),
                        (tx, fresh) -> {
                            int inFlight = fresh ? takeOver.take(tx, id, reason) : leads.callsInFlight(tx, id);
                            return new TakenOver(id, state(tx, id), inFlight);
                        })
                .ok();
    }

    /** The machine answers again, also what the lead has written since a person last did. */
    @POST
    @Path("/return")
    public RestResponse<Returned> giveBack(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key,
            @Valid ReturnAsk ask) {
        String reason = ask == null ? null : ask.reason();
        return door.once(
                        companyId,
                        Deed.CHANGES,
                        new Keyed("conversation.return", key, Arrays.asList(id, reason)),
                        (tx, fresh) -> {
                            if (fresh) {
                                giveBack.giveBack(tx, id, reason);
                            }
                            return new Returned(id, state(tx, id));
                        })
                .ok();
    }

    private String state(Tx tx, UUID id) {
        return leads.state(tx, id).orElseThrow(() -> Problem.notFound("conversation"));
    }
}
