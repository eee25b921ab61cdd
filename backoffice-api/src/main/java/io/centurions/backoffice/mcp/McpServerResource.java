package io.centurions.backoffice.mcp;

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

/** MCP servers of a company. */
@Path("/v1/companies/{companyId}/mcp-servers")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class McpServerResource {

    private final Settings<McpServer> servers;

    McpServerResource(KeepSettings keep) {
        servers = keep.of(new Kind<>("mcp_servers", "mcp-server", "mcp-servers", McpServer.class));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Setting<McpServer>> create(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid Wanted<McpServer> wanted) {
        return servers.create(companyId, key, wanted);
    }

    @GET
    public Page<Setting<McpServer>> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return servers.list(companyId, ask);
    }

    @GET
    @Path("/{id}")
    public RestResponse<Setting<McpServer>> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return servers.read(companyId, id);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Setting<McpServer>> change(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid Wanted<McpServer> wanted) {
        return servers.change(companyId, id, ifMatch, wanted);
    }

    @DELETE
    @Path("/{id}")
    public void remove(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @HeaderParam("If-Match") String ifMatch) {
        servers.remove(companyId, id, ifMatch);
    }
}
