package io.centurions.backoffice.centurion;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.backoffice.security.Roles;
import io.centurions.backoffice.setting.Finding;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Says what is wrong with a configuration, and stores nothing. */
@Path("/v1/companies/{companyId}/centurions/validate")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class CenturionCheckResource {

    private final CompanyDoor door;
    private final CheckConfig checkConfig;

    CenturionCheckResource(CompanyDoor door, CheckConfig checkConfig) {
        this.door = door;
        this.checkConfig = checkConfig;
    }

    /** A configuration that is being written; it may have any fault. */
    public record Attempt(@NotNull JsonNode config) {}

    /** Whether it could be published, and everything that keeps it from it. */
    public record Verdict(boolean publishable, List<Finding> findings) {

        static Verdict of(List<Finding> findings) {
            return new Verdict(findings.isEmpty(), findings);
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Verdict> check(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid Attempt attempt) {
        return door.once(
                        companyId,
                        Deed.CHANGES,
                        new Keyed("centurion.check", key, attempt),
                        (tx, fresh) -> Verdict.of(checkConfig.findings(tx.company(), attempt.config())))
                .ok();
    }
}
