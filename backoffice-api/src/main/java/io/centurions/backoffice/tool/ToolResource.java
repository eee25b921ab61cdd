package io.centurions.backoffice.tool;

import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.Roles;
import io.centurions.backoffice.setting.KeepSettings;
import io.centurions.backoffice.setting.Kind;
import io.centurions.backoffice.setting.Setting;
import io.centurions.backoffice.setting.Settings;
import io.centurions.backoffice.setting.Wanted;
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

/** HTTP tools of a company's Centurions. */
@Path("/v1/companies/{companyId}/tools")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ToolResource {

    private final Settings<Tool> tools;

    ToolResource(KeepSettings keep) {
        tools = keep.of(new Kind<>("tool_configs", "tool", "tools", Tool.class));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Setting<Tool>> create(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid Wanted<Tool> wanted) {
        return tools.create(companyId, key, wanted);
    }

    @GET
    public Page<Setting<Tool>> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return tools.list(companyId, ask);
    }

    @GET
    @Path("/{id}")
    public RestResponse<Setting<Tool>> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return tools.read(companyId, id);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Setting<Tool>> change(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid Wanted<Tool> wanted) {
        return tools.change(companyId, id, ifMatch, wanted);
    }

    @DELETE
    @Path("/{id}")
    public void remove(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @HeaderParam("If-Match") String ifMatch) {
        tools.remove(companyId, id, ifMatch);
    }
}
