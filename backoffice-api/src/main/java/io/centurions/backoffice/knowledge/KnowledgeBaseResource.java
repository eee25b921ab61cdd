package io.centurions.backoffice.knowledge;

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

/** Knowledge bases of a company: what they are for and how they are searched. */
@Path("/v1/companies/{companyId}/knowledge-bases")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class KnowledgeBaseResource {

    private final Settings<KnowledgeBase> bases;

    KnowledgeBaseResource(KeepSettings keep) {
        bases = keep.of(new Kind<>("knowledge_bases", "knowledge-base", "knowledge-bases", KnowledgeBase.class));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Setting<KnowledgeBase>> create(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid Wanted<KnowledgeBase> wanted) {
        return bases.create(companyId, key, wanted);
    }

    @GET
    public Page<Setting<KnowledgeBase>> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return bases.list(companyId, ask);
    }

    @GET
    @Path("/{id}")
    public RestResponse<Setting<KnowledgeBase>> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return bases.read(companyId, id);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Setting<KnowledgeBase>> change(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid Wanted<KnowledgeBase> wanted) {
        return bases.change(companyId, id, ifMatch, wanted);
    }

    @DELETE
    @Path("/{id}")
    public void remove(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @HeaderParam("If-Match") String ifMatch) {
        bases.remove(companyId, id, ifMatch);
    }
}
