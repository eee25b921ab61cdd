package io.centurions.backoffice.form;

import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Lead forms of a company. */
@Path("/v1/companies/{companyId}/lead-forms")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN, Roles.MARKETING_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class FormResource {

    private final CompanyDoor door;
    private final FormRepository forms;
    private final OpenForm openForm;
    private final ChangeForm changeForm;
    private final Once once;

    FormResource(CompanyDoor door, FormRepository forms, OpenForm openForm, ChangeForm changeForm, Once once) {
        this.door = door;
        this.forms = forms;
        this.openForm = openForm;
        this.changeForm = changeForm;
        this.once = once;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<FormView> create(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid NewForm ask) {
        return door.enter(companyId, tx -> {
            var claim = once.claim(tx, "lead-form.create", key, ask);
            var view = claim.fresh()
                    ? openForm.open(tx, claim.id(), ask)
                    : forms.find(tx, claim.id()).orElseThrow(() -> Problem.notFound("form"));
            String address = "/v1/companies/" + companyId + "/lead-forms/" + claim.id();
            return Created.at(address, view, view.version(), claim.fresh());
        });
    }

    @GET
    public Page<FormView> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return door.enter(companyId, tx -> Page.of(forms.page(tx, ask.after(), ask.fetch()), ask, FormView::id));
    }

    @GET
    @Path("/{id}")
    public RestResponse<FormView> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        var view = door.enter(companyId, tx -> forms.find(tx, id).orElseThrow(() -> Problem.notFound("form")));
        return Tagged.ok(view, view.version());
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<FormView> change(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid FormChange change) {
        var changed = door.enter(companyId, tx -> changeForm.change(tx, id, ifMatch, change));
        return Tagged.ok(changed, changed.version());
    }

    /** Refused once a lead has come by it; disabling it does the same for those who come. */
    @DELETE
    @Path("/{id}")
    public void delete(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @HeaderParam("If-Match") String ifMatch) {
        door.enter(companyId, tx -> {
            changeForm.delete(tx, id, ifMatch);
            return null;
        });
    }
}
