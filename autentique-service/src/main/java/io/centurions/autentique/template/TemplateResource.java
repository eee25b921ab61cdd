package io.centurions.autentique.template;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.access.Callers;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** Templates, for our other services. */
@Path("/internal/companies/{companyId}/templates")
@RolesAllowed(Callers.BACKOFFICE_API)
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class TemplateResource {

    private final WriteTemplate writeTemplate;
    private final Database database;
    private final TemplateRepository templates;

    TemplateResource(WriteTemplate writeTemplate, Database database, TemplateRepository templates) {
        this.writeTemplate = writeTemplate;
        this.database = database;
        this.templates = templates;
    }

    /**
     * 201 with the new version, 200 with the one that has this id or, as the latest, this text already.
     *
     * @param id of the version that is made, which makes no other when it is sent again; left out: any
     */
    @POST
    public Response write(
            @PathParam("companyId") UUID companyId,
            @QueryParam("id") UUID id,
            @NotNull @Valid TemplateRequest request) {
        var written = writeTemplate.write(
                CompanyId.of(companyId),
                new WriteTemplate.Wanted(id, request.name().strip(), request.body()),
                request.fields() == null ? List.of() : request.fields());
        return Response.status(written.fresh() ? Response.Status.CREATED : Response.Status.OK)
                .entity(TemplateView.of(written.template()))
                .build();
    }

    /** One version, which stays as it was written. */
    @GET
    @Path("/{id}")
    public TemplateView read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return database.asCompany(CompanyId.of(companyId), tx -> templates.find(tx, id))
                .map(TemplateView::of)
                .orElseThrow(() -> Problem.notFound("template"));
    }

    /**
     * @param name   becomes the document's name
     * @param body   plain text with {@code {{fields}}}
     * @param fields the names the text has; may be left out
     */
    public record TemplateRequest(
            @NotBlank @Size(min = 3, max = 120) String name,
            @NotBlank @Size(max = 200_000) String body,
            @Size(max = 200) List<@NotBlank String> fields) {}

    /** A version as its callers see it. */
    public record TemplateView(UUID id, String name, int version, List<String> fields) {

        static TemplateView of(Template template) {
            return new TemplateView(template.id(), template.name(), template.version(), template.fields());
        }
    }
}
