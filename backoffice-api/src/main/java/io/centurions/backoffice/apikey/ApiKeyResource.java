package io.centurions.backoffice.apikey;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.ApiKey;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.backoffice.security.Roles;
import io.centurions.backoffice.security.StillAdministrator;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * API keys of a company. A request that carries one in {@code X-Api-Key} acts for the company within the
 * key's scopes.
 */
@Path("/v1/companies/{companyId}/api-keys")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ApiKeyResource {

    private final CompanyDoor door;
    private final ApiKeyRepository keys;
    private final Once once;
    private final AuditLog audit;
    private final StillAdministrator still;

    ApiKeyResource(CompanyDoor door, ApiKeyRepository keys, Once once, AuditLog audit, StillAdministrator still) {
        this.door = door;
        this.keys = keys;
        this.once = once;
        this.audit = audit;
        this.still = still;
    }

    /** @param key the key itself: told here and never again; null in the answer to a repeat */
    @Schema(name = "MadeApiKey")
    public record Made(@JsonUnwrapped ApiKeyView view, String key) {

        /** Without the key: it must not reach a log by way of a message. */
        @Override
        public String toString() {
            return "Made[" + view.prefix() + "]";
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Made> create(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @NotNull @Valid NewApiKey ask) {
        ask.checkExpiry();
        return door.enter(companyId, tx -> {
            still.check(tx);
            var claim = once.claim(tx, "api-key.create", idempotencyKey, ask);
            String text = null;
            if (claim.fresh()) {
                ApiKey key = ApiKey.of(claim.id());
                keys.insert(tx, key, ask);
                text = key.text();
            }
            var view = keys.find(tx, claim.id()).orElseThrow();
            if (claim.fresh()) {
                audit.write(tx, "api-key.create", claim.id(), null, view);
            }
            String address = "/v1/companies/" + companyId + "/api-keys/" + claim.id();
            return Created.at(address, new Made(view, text), view.version(), claim.fresh());
        });
    }

    /** Newest first, revoked ones too. */
    @GET
    public Page<ApiKeyView> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return door.enter(companyId, tx -> Page.of(keys.page(tx, ask.after(), ask.fetch()), ask, ApiKeyView::id));
    }

    @GET
    @Path("/{id}")
    public RestResponse<ApiKeyView> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        var view = door.enter(companyId, tx -> keys.find(tx, id).orElseThrow(() -> Problem.notFound("api key")));
        return Tagged.ok(view, view.version());
    }

    /** Revokes it, also of an archived company: from the next request on it opens nothing. It stays in the list. */
    @DELETE
    @Path("/{id}")
    public void revoke(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @HeaderParam("If-Match") String ifMatch) {
        door.enter(companyId, Deed.ENDS, tx -> {
            var before = keys.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound("api key"));
            IfMatch.of(ifMatch).check(before.version());
            if (before.revokedAt() == null) {
                keys.revoke(tx, id);
                audit.write(tx, "api-key.revoke", id, before, keys.find(tx, id).orElseThrow());
            }
            return null;
        });
    }
}
