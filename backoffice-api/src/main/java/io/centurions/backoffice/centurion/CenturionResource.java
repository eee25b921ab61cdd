package io.centurions.backoffice.centurion;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.centurion.CenturionCheckResource.Verdict;
import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
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
            String address = "/v1/companies/" + companyId + "/centurions/" + claim.id();
            return Created.at(address, view, view.version(), claim.fresh());
        });
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<CenturionView> draft(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid Draft draft) {
        return door.enter(companyId, tx -> {
            var before = centurions.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound("centurion"));
            IfMatch.optional(ifMatch).check(before.version());
            centurions.update(tx, id, draft.name(), draft.config());
            var after = centurions.find(tx, id).orElseThrow();
            audit.write(tx, "centurion.draft", id, before, after);
            return tagged(after);
        });
    }

    /** Makes the draft what the runtime obeys, as the next version; repeated with the same key, it does no more. */
    @POST
    @Path("/{id}/publish")
    public RestResponse<CenturionView> publish(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam("If-Match") String ifMatch) {
        return door.once(
                        companyId,
                        Deed.CHANGES,
                        new Keyed("centurion.publish", key, id),
                        (tx, fresh) -> fresh
                                ? publishCenturion.publish(tx, id, IfMatch.optional(ifMatch))
                                : publishCenturion.current(tx, id))
                .tagged(CenturionView::version);
    }

    /** What keeps the draft from being published. */
    @POST
    @Path("/{id}/validate")
    public RestResponse<Verdict> validate(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key) {
        return door.once(
                        companyId,
                        Deed.CHANGES,
                        new Keyed("centurion.validate", key, id),
                        (tx, fresh) -> Verdict.of(publishCenturion.faults(tx, id)))
                .ok();
    }

    @GET
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN})
    public Page<CenturionView> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return door.enter(
                companyId, tx -> Page.of(centurions.page(tx, ask.after(), ask.fetch()), ask, CenturionView::id));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN})
    public RestResponse<CenturionView> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return tagged(
                door.enter(companyId, tx -> centurions.find(tx, id).orElseThrow(() -> Problem.notFound("centurion"))));
    }

    private static RestResponse<CenturionView> tagged(CenturionView view) {
        return Tagged.ok(view, view.version());
    }
}
