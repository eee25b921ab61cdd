package io.centurions.backoffice.company;

import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.tenancy.Tx;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** A company that exists: changed, suspended, resumed, archived. */
@Path("/v1/companies")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CompanyLifeResource {

    private final CompanyDoor door;
    private final ChangeCompany change;
    private final CompanyLife life;

    CompanyLifeResource(CompanyDoor door, ChangeCompany change, CompanyLife life) {
        this.door = door;
        this.change = change;
        this.life = life;
    }

    /** Why a company is stopped or ended; its people read it. */
    public record Reason(@NotBlank @Size(max = 500) String reason) {}

    @PUT
    @Path("/{companyId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
    public RestResponse<CompanyView> change(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid CompanyChange ask) {
        CompanyView changed = door.enter(companyId, tx -> change.change(tx, IfMatch.of(ifMatch), ask));
        return Tagged.ok(changed, changed.version());
    }

    /** From now on no Centurion answers; what leads write is stored. */
    @POST
    @Path("/{companyId}/suspend")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<CompanyView> suspend(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid Reason ask) {
        return once(companyId, new Keyed("company.suspend", key, ask), tx -> life.suspend(tx, ask.reason()));
    }

    /** Leads who wrote meanwhile are answered. */
    @POST
    @Path("/{companyId}/resume")
    public RestResponse<CompanyView> resume(
            @PathParam("companyId") UUID companyId, @HeaderParam("Idempotency-Key") String key) {
        return once(companyId, new Keyed("company.resume", key, companyId), life::resume);
    }

    /** For good: what comes for it is turned away, what is there stays readable. */
    @POST
    @Path("/{companyId}/archive")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<CompanyView> archive(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid Reason ask) {
        return once(companyId, new Keyed("company.archive", key, ask), tx -> life.archive(tx, ask.reason()));
    }

    private RestResponse<CompanyView> once(UUID companyId, Keyed keyed, Function<Tx, CompanyView> act) {
        return door.once(companyId, Deed.ENDS, keyed, (tx, fresh) -> fresh ? act.apply(tx) : life.current(tx))
                .tagged(CompanyView::version);
    }
}
