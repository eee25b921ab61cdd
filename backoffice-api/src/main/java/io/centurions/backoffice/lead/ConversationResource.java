package io.centurions.backoffice.lead;

import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

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

    /** That the machine is silent from now on. */
    public record TakenOver(UUID conversation, String state) {}

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

    /**
     * After this is answered no call of the machine to a provider starts; one that is on the wire may finish.
     */
    @POST
    @Path("/takeover")
    public TakenOver takeOver(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @Valid TakeoverAsk ask) {
        door.enter(companyId, tx -> takeOver.take(tx, id, ask == null ? null : ask.reason()));
        return new TakenOver(id, "human");
    }

    /** The machine answers again, also what the lead has written since a person last did. */
    @POST
    @Path("/return")
    public Returned giveBack(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @Valid ReturnAsk ask) {
        String state = door.enter(companyId, tx -> giveBack.giveBack(tx, id, ask == null ? null : ask.reason()));
        return new Returned(id, state);
    }
}
