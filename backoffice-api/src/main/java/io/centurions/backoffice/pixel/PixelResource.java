package io.centurions.backoffice.pixel;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
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

/** Pixels of a company. */
@Path("/v1/companies/{companyId}/pixels")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
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
            var view = pixels.find(tx, claim.id()).orElseThrow();
            if (claim.fresh()) {
                audit.write(tx, "pixel.create", claim.id(), null, view);
            }
            return Created.at("/v1/companies/" + companyId + "/pixels/" + claim.id(), view, claim.fresh());
        });
    }

    @GET
    public Page<PixelView> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return door.enter(companyId, tx -> Page.of(pixels.page(tx, ask.after(), ask.fetch()), ask, PixelView::id));
    }
}
