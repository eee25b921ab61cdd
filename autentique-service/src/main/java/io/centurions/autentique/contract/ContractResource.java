package io.centurions.autentique.contract;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ContractId;
import io.centurions.platform.access.Callers;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Contracts, for our other services. */
@Path("/internal/companies/{companyId}/contracts")
@RolesAllowed(Callers.BACKOFFICE_API)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ContractResource {

    private final OpenContract openContract;
    private final CancelContract cancelContract;
    private final ContractRepository contracts;
    private final Database database;

    ContractResource(
            OpenContract openContract, CancelContract cancelContract, ContractRepository contracts, Database database) {
        this.openContract = openContract;
        this.cancelContract = cancelContract;
        this.contracts = contracts;
        this.database = database;
    }

    /** 201 with the contract, not sent yet; 200 with the earlier one of the same key and content. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(@PathParam("companyId") UUID companyId, @NotNull @Valid ContractRequest request) {
        var opened = openContract.open(CompanyId.of(companyId), request);
        return Response.status(opened.fresh() ? Response.Status.CREATED : Response.Status.OK)
                .entity(opened.contract())
                .build();
    }

    @GET
    @Path("/{id}")
    public ContractView read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return database.asCompany(CompanyId.of(companyId), tx -> contracts.view(tx, id))
                .orElseThrow(() -> Problem.notFound("contract"));
    }

    /** 202: it will be withdrawn, or turn out signed. */
    @POST
    @Path("/{id}/cancel")
    public Response cancel(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        return Response.accepted(cancelContract.cancel(CompanyId.of(companyId), ContractId.of(id)))
                .build();
    }
}
