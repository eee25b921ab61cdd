package io.centurions.backoffice.centurion;

import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** What a Centurion was published with, how that differs, and the way back. */
@Path("/v1/companies/{companyId}/centurions/{id}/versions")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CenturionVersionResource {

    private final CompanyDoor door;
    private final VersionRepository versions;
    private final CompareVersions compareVersions;
    private final PublishCenturion publishCenturion;

    CenturionVersionResource(
            CompanyDoor door,
            VersionRepository versions,
            CompareVersions compareVersions,
            PublishCenturion publishCenturion) {
        this.door = door;
        this.versions = versions;
        this.compareVersions = compareVersions;
        this.publishCenturion = publishCenturion;
    }

    /** How two states of a configuration differ. */
    public record Difference(String from, String to, List<ConfigChange> changes) {}

    /** Newest first, without their configurations. */
    @GET
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN})
    public Page<CenturionVersion> list(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @Valid @BeanParam PageAsk ask) {
        return door.enter(companyId, tx -> {
            publishCenturion.current(tx, id);
            return Page.of(versions.page(tx, id, ask.after(), ask.fetch()), ask, CenturionVersion::id);
        });
    }

    @GET
    @Path("/{number}")
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN})
    public CenturionVersion read(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @PathParam("number") @Min(1) int number) {
        return door.enter(
                companyId, tx -> versions.find(tx, id, number).orElseThrow(() -> Problem.notFound("version")));
    }

    /** @param from a version's number, {@code published} or {@code draft}; the same for {@code to} */
    @GET
    @Path("/diff")
    @RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.AI_SUPERVISOR, Roles.COMPANY_ADMIN})
    public Difference diff(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @QueryParam("from") @DefaultValue("published") String from,
            @QueryParam("to") @DefaultValue("draft") String to) {
        return door.enter(companyId, tx -> new Difference(from, to, compareVersions.between(tx, id, from, to)));
    }

    /** Publishes what an older version held, as the next version; repeated with the same key, it does no more. */
    @POST
    @Path("/{number}/restore")
    public RestResponse<CenturionView> restore(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @PathParam("number") @Min(1) int number,
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam("If-Match") String ifMatch) {
        return door.once(
                        companyId,
                        Deed.CHANGES,
                        new Keyed("centurion.restore", key, List.of(id, number)),
                        (tx, fresh) -> fresh
                                ? publishCenturion.restore(tx, id, number, IfMatch.optional(ifMatch))
                                : publishCenturion.current(tx, id))
                .tagged(CenturionView::version);
    }
}
