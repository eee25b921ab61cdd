package io.centurions.backoffice.secret;

import io.centurions.backoffice.idempotency.Created;
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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Secrets of a company, by name. */
@Path("/v1/companies/{companyId}/secrets")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class SecretResource {

    private static final String NAME = "[a-z][a-z0-9_]{0,63}";

    private final CompanyDoor door;
    private final SecretRepository secrets;
    private final KeepSecret keepSecret;

    SecretResource(CompanyDoor door, SecretRepository secrets, KeepSecret keepSecret) {
        this.door = door;
        this.secrets = secrets;
        this.keepSecret = keepSecret;
    }

    /** Makes it, or gives it another value; repeated, it does the same again. */
    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<SecretView> keep(
            @PathParam("companyId") UUID companyId,
            @PathParam("name") @Pattern(regexp = NAME) String name,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid SecretValue value) {
        var kept = door.enter(companyId, tx -> keepSecret.keep(tx, name, value, ifMatch));
        int version = kept.view().version();
        String address = "/v1/companies/" + companyId + "/secrets/" + name;
        return kept.fresh() ? Created.at(address, kept.view(), version, true) : Tagged.ok(kept.view(), version);
    }

    /** Newest first: names and dates. */
    @GET
    public Page<SecretView> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return door.enter(companyId, tx -> Page.of(secrets.page(tx, ask.after(), ask.fetch()), ask, SecretView::id));
    }

    @GET
    @Path("/{name}")
    public RestResponse<SecretView> read(@PathParam("companyId") UUID companyId, @PathParam("name") String name) {
        var view = door.enter(companyId, tx -> secrets.find(tx, name).orElseThrow(() -> Problem.notFound("secret")));
        return Tagged.ok(view, view.version());
    }

    /** Refused while something calls with it; for an archived company, nothing does. */
    @DELETE
    @Path("/{name}")
    public void forget(
            @PathParam("companyId") UUID companyId,
            @PathParam("name") String name,
            @HeaderParam("If-Match") String ifMatch) {
        door.enter(companyId, Deed.ENDS, tx -> {
            keepSecret.forget(tx, name, ifMatch);
            return null;
        });
    }
}
