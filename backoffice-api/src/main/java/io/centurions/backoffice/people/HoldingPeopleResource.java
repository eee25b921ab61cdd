package io.centurions.backoffice.people;

import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** People of the holding, newest first. For the holding's owner alone. */
@Path("/v1/people")
@RolesAllowed(Roles.SUPER_ADMIN)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class HoldingPeopleResource {

    private final HoldingPeople people;

    HoldingPeopleResource(HoldingPeople people) {
        this.people = people;
    }

    /** A second invitation of an address is a conflict, see {@code /invitation}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<InvitedPerson> invite(
            @HeaderParam("Idempotency-Key") String key, @NotNull @Valid NewHoldingPerson ask) {
        var done = people.invite(new Keyed("person.invite", key, ask), ask);
        PersonView person = done.thing().person();
        return Created.at("/v1/people/" + person.id(), done.thing(), person.version(), done.fresh());
    }

    @GET
    public Page<PersonView> list(
            @Valid @BeanParam PageAsk ask, @QueryParam("status") @Pattern(regexp = PersonView.STATUSES) String status) {
        return Page.of(people.page(ask.after(), status, ask.fetch()), ask, PersonView::id);
    }

    @GET
    @Path("/{id}")
    public RestResponse<PersonView> read(@PathParam("id") UUID id) {
        return tagged(people.read(id));
    }

    /** A changed role counts from now on, also for tokens that say another one. */
    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<PersonView> change(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid HoldingPersonChange ask) {
        return tagged(people.change(id, IfMatch.of(ifMatch), ask));
    }

    /** From now on the person's tokens are refused, however long they are valid. */
    @POST
    @Path("/{id}/deactivate")
    public RestResponse<PersonView> deactivate(@PathParam("id") UUID id, @HeaderParam("Idempotency-Key") String key) {
        return people.deactivate(new Keyed("person.deactivate", key, id), id).tagged(PersonView::version);
    }

    /** A new invitation, also for somebody who was deactivated; an earlier one is void. */
    @POST
    @Path("/{id}/invitation")
    public RestResponse<InvitedPerson> inviteAgain(
            @PathParam("id") UUID id, @HeaderParam("Idempotency-Key") String key) {
        return people.inviteAgain(new Keyed("person.invitation", key, id), id)
                .tagged(invited -> invited.person().version());
    }

    private static RestResponse<PersonView> tagged(PersonView person) {
        return Tagged.ok(person, person.version());
    }
}
