package io.centurions.backoffice.pixel;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
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

/** Pixels of a company. */
@Path("/v1/companies/{companyId}/pixels")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN, Roles.MARKETING_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class PixelResource {

    private final CompanyDoor door;
    private final PixelRepository pixels;
    private final Once once;
    private final AuditLog audit;

    PixelResource(CompanyDoor door, PixelRepository pixels, Once once, AuditLog audit) {
        this.door = door;
        this.pixels = pixels;
        this.once = once;
        this.audit = audit;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<PixelView> create(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid NewPixel ask) {
        return door.enter(companyId, tx -> {
            var claim = once.claim(tx, "pixel.create", key, ask);
            if (claim.fresh()) {
                pixels.insert(tx, claim.id(), ask);
            }
            var view = pixels.find(tx, claim.id()).orElseThrow(() -> Problem.notFound("pixel"));
            if (claim.fresh()) {
                audit.write(tx, "pixel.create", claim.id(), null, view);
            }
            String address = "/v1/companies/" + companyId + "/pixels/" + claim.id();
            return Created.at(address, view, view.version(), claim.fresh());
        });
    }

    @GET
    public Page<PixelView> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return door.enter(companyId, tx -> Page.of(pixels.page(tx, ask.after(), ask.fetch()), ask, PixelView::id));
    }

    @GET
    @Path("/{id}")
    public RestResponse<PixelView> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        var view = door.enter(companyId, tx -> pixels.find(tx, id).orElseThrow(() -> Problem.notFound("pixel")));
        return Tagged.ok(view, view.version());
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<PixelView> change(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid PixelChange change) {
        var changed = door.enter(companyId, tx -> {
            var before = known(tx, id, ifMatch);
            pixels.update(tx, id, change);
            var after = pixels.find(tx, id).orElseThrow();
            audit.write(tx, "pixel.change", id, before, after);
            return after;
        });
        return Tagged.ok(changed, changed.version());
    }

    /** Also of an archived company: it forgets Meta's token and reports no more. */
    @DELETE
    @Path("/{id}")
    public void delete(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @HeaderParam("If-Match") String ifMatch) {
        door.enter(companyId, Deed.ENDS, tx -> {
            var before = known(tx, id, ifMatch);
            pixels.delete(tx, id);
            audit.write(tx, "pixel.delete", id, before, null);
            return null;
        });
    }

    private PixelView known(Tx tx, UUID id, String ifMatch) {
        var known = pixels.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound("pixel"));
        IfMatch.of(ifMatch).check(known.version());
        return known;
    }
}
