package io.centurions.backoffice.people;

import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.backoffice.security.Roles;
import io.centurions.backoffice.security.StillAdministrator;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
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
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** People of a company, newest first. */
@Path("/v1/companies/{companyId}/people")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PeopleResource {

    private final CompanyDoor door;
    private final PersonRepository people;
    private final InvitePerson invite;
    private final ChangePerson change;
    private final StillAdministrator still;

    PeopleResource(
            CompanyDoor door,
            PersonRepository people,
            InvitePerson invite,
            ChangePerson change,
            StillAdministrator still) {
        this.door = door;
        this.people = people;
        this.invite = invite;
        this.change = change;
        this.still = still;
    }

    /**
     * The token in the answer is told this once; the person accepts it at {@code /v1/invitations/accept}
     * within seven days.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<InvitedPerson> invite(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid NewPerson ask) {
        InvitedPerson invited = administer(companyId, tx -> invite.invite(tx, key, ask));
        PersonView person = invited.person();
        return Created.at(
                "/v1/companies/" + companyId + "/people/" + person.id(),
                invited,
                person.version(),
                invited.invitationToken() != null);
    }

    @GET
    public Page<PersonView> list(
            @PathParam("companyId") UUID companyId,
            @Valid @BeanParam PageAsk ask,
            @QueryParam("status") @Pattern(regexp = PersonView.STATUSES) String status) {
        return door.enter(
                companyId, tx -> Page.of(people.page(tx, ask.after(), status, ask.fetch()), ask, PersonView::id));
    }

    @GET
    @Path("/{id}")
    public RestResponse<PersonView> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return tagged(door.enter(companyId, tx -> known(tx, id)));
    }

    /** A changed role counts from now on, also for tokens that say another one. */
    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<PersonView> change(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid PersonChange ask) {
        return tagged(administer(companyId, tx -> change.change(tx, id, IfMatch.of(ifMatch), ask)));
    }

    /** From now on the person's tokens are refused, however long they are valid; also in an archived company. */
    @POST
    @Path("/{id}/deactivate")
    public RestResponse<PersonView> deactivate(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key) {
        return door.once(companyId, Deed.ENDS, new Keyed("person.deactivate", key, id), (tx, fresh) -> {
                    still.check(tx);
                    return fresh ? change.deactivate(tx, id) : known(tx, id);
                })
                .tagged(PersonView::version);
    }

    /** A new invitation, also for somebody who was deactivated; an earlier one is void. */
    @POST
    @Path("/{id}/invitation")
    public RestResponse<InvitedPerson> inviteAgain(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key) {
        return door.once(companyId, Deed.CHANGES, new Keyed("person.invitation", key, id), (tx, fresh) -> {
                    still.check(tx);
                    return fresh ? invite.inviteAgain(tx, id) : new InvitedPerson(known(tx, id), null);
                })
                .tagged(invited -> invited.person().version());
    }

    private PersonView known(Tx tx, UUID id) {
        return people.find(tx, id).orElseThrow(() -> Problem.notFound("person"));
    }

    private <T> T administer(UUID company, Function<Tx, T> work) {
        return door.enter(company, tx -> {
            still.check(tx);
            return work.apply(tx);
        });
    }

    private static RestResponse<PersonView> tagged(PersonView person) {
        return Tagged.ok(person, person.version());
    }
}
