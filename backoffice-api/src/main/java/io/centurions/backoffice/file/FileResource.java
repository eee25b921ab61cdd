package io.centurions.backoffice.file;

import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Files of a company. The body of a POST is the file itself; what it is we find out from its content. */
@Path("/v1/companies/{companyId}/files")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN, Roles.MARKETING_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class FileResource {

    private static final String PURPOSE = "[a-z]{1,20}";

    private final CompanyDoor door;
    private final FileRepository files;
    private final ReceiveFile receiveFile;
    private final RemoveFile removeFile;
    private final LinkFile linkFile;

    FileResource(
            CompanyDoor door, FileRepository files, ReceiveFile receiveFile, RemoveFile removeFile, LinkFile linkFile) {
        this.door = door;
        this.files = files;
        this.receiveFile = receiveFile;
        this.removeFile = removeFile;
        this.linkFile = linkFile;
    }

    /** Nothing in it is believed but the name and the purpose: {@code Content-Type} is not looked at. */
    @POST
    @Consumes(MediaType.WILDCARD)
    public RestResponse<LinkedFile> create(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam("Content-Type") String contentType,
            @QueryParam("name") String name,
            @QueryParam("purpose") @Pattern(regexp = PURPOSE) String purpose,
            InputStream body) {
        if (contentType != null && contentType.startsWith("multipart/")) {
            throw Problem.unsupportedType("the body is the file itself, not a form");
        }
        InputStream sent = body == null ? InputStream.nullInputStream() : body;
        Kept kept = receiveFile.receive(companyId, NewFile.of(name, purpose), key, sent);
        String address = "/v1/companies/" + companyId + "/files/" + kept.view().id();
        return Created.at(
                address, linkFile.link(companyId, kept.view()), kept.view().version(), kept.fresh());
    }

    /** Newest first, of one purpose or of all. */
    @GET
    @RolesAllowed({
        Roles.SUPER_ADMIN,
        Roles.BACKOFFICE_ADMIN,
        Roles.AI_SUPERVISOR,
        Roles.COMPANY_ADMIN,
        Roles.MARKETING_ADMIN
    })
    public Page<FileView> list(
            @PathParam("companyId") UUID companyId,
            @QueryParam("purpose") @Pattern(regexp = PURPOSE) String purpose,
            @Valid @BeanParam PageAsk ask) {
        return door.enter(
                companyId, tx -> Page.of(files.page(tx, ask.after(), ask.fetch(), purpose), ask, FileView::id));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({
        Roles.SUPER_ADMIN,
        Roles.BACKOFFICE_ADMIN,
        Roles.AI_SUPERVISOR,
        Roles.COMPANY_ADMIN,
        Roles.MARKETING_ADMIN
    })
    public RestResponse<LinkedFile> read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        var view = door.enter(companyId, tx -> files.find(tx, id).orElseThrow(() -> Problem.notFound("file")));
        return Tagged.ok(linkFile.link(companyId, view), view.version());
    }

    @DELETE
    @Path("/{id}")
    public void delete(
            @PathParam("companyId") UUID companyId, @PathParam("id") UUID id, @HeaderParam("If-Match") String ifMatch) {
        removeFile.remove(companyId, id, ifMatch);
    }
}
