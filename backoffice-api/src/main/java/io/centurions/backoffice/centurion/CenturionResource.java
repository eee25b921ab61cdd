package io.centurions.backoffice.centurion;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
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

/** Centurions of a company: draft, publish, read. */
@Path("/v1/companies/{companyId}/centurions")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CenturionResource {

    private final CompanyDoor door;
    private final CenturionRepository centurions;
    private final PublishCenturion publishCenturion;
    private final Once once;
    private final AuditLog audit;

    CenturionResource(
            CompanyDoor door,
            CenturionRepository centurions,
            PublishCenturion publishCenturion,
            Once once,
            AuditLog audit) {
        this.door = door;
        this.centurions = centurions;
        this.publishCenturion = publishCenturion;
        this.once = once;
        this.audit = audit;
    }

    /** A Centurion with its first draft. */
    public record NewCenturion(
            @NotBlank @Size(max = 120) String name,
            @NotNull @Valid CenturionConfig config) {}

    /** A new draft; the name stays when it is left out. */
    public record Draft(
            @Size(min = 1, max = 120) String name,
            @NotNull @Valid CenturionConfig config) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<CenturionView> create(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid NewCenturion ask) {
        return door.enter(companyId, tx -> {
            var claim = once.claim(tx, "centurion.create", key, ask);
            if (claim.fresh()) {
                centurions.insert(tx, claim.id(), ask.name().strip(), ask.config());
            }
            var view = centurions.find(tx, claim.id()).orElseThrow();
            if (claim.fresh()) {
                audit.write(tx, "centurion.create", claim.id(), null, view);
            }
            return Created.at("/v1/companies/" + companyId + "/centurions/" + claim.id(), view, claim.fresh());
        });
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public CenturionView draft(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @NotNull @Valid Draft draft) {
        return door.enter(companyId, tx -> {
            var before = centurions.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound("centurion"));
            centurions.update(tx, id, draft.name(), draft.config());
            var after = centurions.find(tx, id).orElseThrow();
            audit.write(tx, "centurion.draft", id, before, after);
            return after;
        });
    }

    @POST
    @Path("/{id}/publish")
    public CenturionView publish(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return door.enter(companyId, tx -> publishCenturion.publish(tx, id));
    }

    @GET
    public Page<CenturionView> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return door.enter(
                companyId, tx -> Page.of(centurions.page(tx, ask.after(), ask.fetch()), ask, CenturionView::id));
    }

    @GET
    @Path("/{id}")
    public CenturionView read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return door.enter(companyId, tx -> centurions.find(tx, id).orElseThrow(() -> Problem.notFound("centurion")));
    }
}
