package io.centurions.backoffice.file;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.storage.Content;
import io.centurions.platform.storage.Download;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.storage.folder.Links;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.InputStream;
import java.time.Clock;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Gives a file to whoever has its address, as long as the address is good: where the storage is a folder,
 * which has no server of its own. What is given is nobody's page: a browser neither guesses what it is nor
 * runs it.
 */
@Path("/public/files")
@PermitAll
@RunOnVirtualThread
public class PublicFileResource {

    private final Links links;
    private final Storage storage;
    private final Clock clock;

    PublicFileResource(Links links, Storage storage, Clock clock) {
        this.links = links;
        this.storage = storage;
        this.clock = clock;
    }

    @GET
    @Path("/{owner}/{object}")
    public RestResponse<InputStream> read(
            @PathParam("owner") UUID owner,
            @PathParam("object") UUID id,
            @QueryParam("name") String name,
            @QueryParam("type") String type,
            @QueryParam("expires") String expires,
            @QueryParam("signature") String signature,
            HttpServerRequest request) {
        if (signature == null) {
            throw Problem.notFound("file");
        }
        var object = new ObjectRef(CompanyId.of(owner), id);
        var ticket = new Links.Ticket(name, type, expires, signature);
        return switch (links.check(request.method().name(), object, ticket, clock.instant())) {
            case GOOD -> given(object, new Download(name, type));
            case EXPIRED -> throw Problem.forbidden("link-expired", "the address has expired; ask for the file again");
            case FORGED -> throw Problem.forbidden("link-invalid", "the address is not as we gave it");
        };
    }

    private RestResponse<InputStream> given(ObjectRef object, Download as) {
        Content content = storage.read(object).orElseThrow(() -> Problem.notFound("file"));
        return RestResponse.ResponseBuilder.ok(content.stream())
                .header("Content-Type", as.type())
                .header("Content-Length", content.bytes())
                .header("Content-Disposition", as.disposition())
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
