package io.centurions.backoffice.migration;

import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.backoffice.security.Caller;
import io.centurions.backoffice.security.Roles;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Migrations of all companies' schemas: begun, watched, halted and gone on with by the holding's people. */
@Path("/v1/fleet-migrations")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class FleetMigrationResource {

    private final StartFleetMigration startFleetMigration;
    private final FleetMigrationRepository migrations;
    private final CompanyMigrationRepository companies;
    private final Database database;
    private final Caller caller;

    FleetMigrationResource(
            StartFleetMigration startFleetMigration,
            FleetMigrationRepository migrations,
            CompanyMigrationRepository companies,
            Database database,
            Caller caller) {
        this.startFleetMigration = startFleetMigration;
        this.migrations = migrations;
        this.companies = companies;
        this.database = database;
        this.caller = caller;
    }

    /** Answers at once; the work begins within seconds. Finished from the start when nobody is behind. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public RestResponse<FleetMigrationView> start(
            @HeaderParam("Idempotency-Key") String key, @Valid NewFleetMigration ask) {
        var claim = startFleetMigration.start(ask == null ? new NewFleetMigration(null, null) : ask, key);
        var view = find(claim.id());
        return Created.at("/v1/fleet-migrations/" + claim.id(), view, view.version(), claim.fresh());
    }

    /** Newest first. */
    @GET
    public Page<FleetMigrationView> list(@Valid @BeanParam PageAsk ask) {
        return Page.of(migrations.page(ask.after(), ask.fetch()), ask, FleetMigrationView::id);
    }

    @GET
    @Path("/{id}")
    public RestResponse<FleetMigrationView> read(@PathParam("id") UUID id) {
        var view = find(id);
        return Tagged.ok(view, view.version());
    }

    /**
     * In the order in which they were first touched; a company that nobody has touched yet is not among them. Of
     * the two of the isolation probe only one that is set aside.
     */
    @GET
    @Path("/{id}/companies")
    public Page<CompanyMigrationView> companies(
            @PathParam("id") UUID id,
            @Valid @BeanParam PageAsk ask,
            @QueryParam("state") @Pattern(regexp = "running|waiting|done|quarantined") String state) {
        find(id);
        var shown = new CompanyMigrationRepository.Shown(id, state, ask);
        List<UUID> ofProbe = migrations.probesSetAside(id);
        var found = database.asReader(caller.person(), tx -> companies.page(tx, shown, ofProbe));
        return Page.of(found, ask, CompanyMigrationView::id);
    }

    /** Goes on with one that was halted, or tries those again that were set aside. */
    @POST
    @Path("/{id}/retry")
    public RestResponse<FleetMigrationView> retry(
            @PathParam("id") UUID id, @HeaderParam("Idempotency-Key") String key) {
        boolean fresh = startFleetMigration.retry(id, key);
        return new Done<>(find(id), fresh).tagged(FleetMigrationView::version);
    }

    /** Begins nothing more. */
    @POST
    @Path("/{id}/halt")
    public RestResponse<FleetMigrationView> halt(@PathParam("id") UUID id, @HeaderParam("Idempotency-Key") String key) {
        boolean fresh = startFleetMigration.halt(id, key);
        return new Done<>(find(id), fresh).tagged(FleetMigrationView::version);
    }

    private FleetMigrationView find(UUID id) {
        return migrations.find(id).orElseThrow(() -> Problem.notFound("fleet migration"));
    }
}
