package io.centurions.backoffice.company;

import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.backoffice.security.Roles;
import io.centurions.contracts.id.CompanyId;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Companies: made and listed by the holding, read also by their own administrators. */
@Path("/v1/companies")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CompanyResource {

    private final CreateCompany createCompany;
    private final ProvisionCompany provisionCompany;
    private final CompanyRepository companies;
    private final CompanyDoor door;
    private final CompanyList list;

    CompanyResource(
            CreateCompany createCompany,
            ProvisionCompany provisionCompany,
            CompanyRepository companies,
            CompanyDoor door,
            CompanyList list) {
        this.createCompany = createCompany;
        this.provisionCompany = provisionCompany;
        this.companies = companies;
        this.door = door;
        this.list = list;
    }

    /** Answers when the schema is there, or with status failed and why. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<CompanyView> create(
            @HeaderParam("Idempotency-Key") String key, @NotNull @Valid NewCompany company) {
        var claim = createCompany.create(company, key);
        var view = provisionCompany.provision(CompanyId.of(claim.id()));
        return Created.at("/v1/companies/" + claim.id(), view, view.version(), claim.fresh());
    }

    /** Tries again what failed or was interrupted; harmless for an active company. */
    @POST
    @Path("/{companyId}/provision")
    public RestResponse<CompanyView> provision(
            @PathParam("companyId") UUID companyId, @HeaderParam("Idempotency-Key") String key) {
        var work = new CompanyDoor.UntilDone<>(
                () -> provisionCompany.provision(CompanyId.of(companyId)),
                made -> true,
                tx -> companies.find(tx, companyId).orElseThrow());
        return door.untilDone(companyId, Deed.CHANGES, new Keyed("company.provision", key, companyId), work)
                .tagged(CompanyView::version);
    }

    @GET
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR})
    public Page<CompanyView> list(@Valid @BeanParam PageAsk ask, @Valid @BeanParam CompanyFilter filter) {
        return Page.of(list.page(ask, filter), ask, CompanyView::id);
    }

    @GET
    @Path("/{companyId}")
    @RolesAllowed({
        Roles.SUPER_ADMIN,
        Roles.BACKOFFICE_ADMIN,
        Roles.AI_SUPERVISOR,
        Roles.COMPANY_ADMIN,
        Roles.MARKETING_ADMIN
    })
    public RestResponse<CompanyView> read(@PathParam("companyId") UUID companyId) {
        CompanyView company =
                door.enter(companyId, tx -> companies.find(tx, companyId).orElseThrow());
        return Tagged.ok(company, company.version());
    }
}
