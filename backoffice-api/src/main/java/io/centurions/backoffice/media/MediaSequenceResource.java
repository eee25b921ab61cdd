package io.centurions.backoffice.media;

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

/** Media sequences of a company. */
@Path("/v1/companies/{companyId}/media-sequences")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN, Roles.MARKETING_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class MediaSequenceResource {

    private final Settings<MediaSequence> sequences;

    MediaSequenceResource(KeepSettings keep) {
        sequences = keep.of(new Kind<>("media_sequences", "media-sequence", "media-sequences", MediaSequence.class));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Setting<MediaSequence>> create(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid Wanted<MediaSequence> wanted) {
        return sequences.create(companyId, key, wanted);
    }

    @GET
    public Page<Setting<MediaSequence>> list(@PathParam("companyId") UUID companyId, @Valid @BeanParam PageAsk ask) {
        return sequences.list(companyId, ask);
    }

    @GET
    @Path("/{id}")
    public RestResponse<Setting<MediaSequence>> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return sequences.read(companyId, id);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<Setting<MediaSequence>> change(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid Wanted<MediaSequence> wanted) {
        return sequences.change(companyId, id, ifMatch, wanted);
    }

    @DELETE
    @Path("/{id}")
    public void remove(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @HeaderParam("If-Match") String ifMatch) {
        sequences.remove(companyId, id, ifMatch);
    }
}
