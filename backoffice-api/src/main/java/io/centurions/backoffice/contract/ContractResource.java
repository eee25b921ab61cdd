package io.centurions.backoffice.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.backoffice.deal.DealIndex;
import io.centurions.backoffice.deal.DealView;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.CompanyDoor;
import io.centurions.backoffice.security.Deed;
import io.centurions.backoffice.security.Roles;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.problem.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;

/** Templates and contracts of a company. */
@Path("/v1/companies/{companyId}")
@RolesAllowed({Roles.SUPER_ADMIN, Roles.BACKOFFICE_ADMIN, Roles.COMPANY_ADMIN})
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class ContractResource {

    private final CompanyDoor door;
    private final DealIndex deals;
    private final ContractsClient autentique;
    private final ObjectMapper json;

    ContractResource(CompanyDoor door, DealIndex deals, ContractsClient autentique, ObjectMapper json) {
        this.door = door;
        this.deals = deals;
        this.autentique = autentique;
        this.json = json;
    }

    /** The same text again is the same version. */
    @POST
    @Path("/contract-templates")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response writeTemplate(
            @PathParam("companyId") UUID companyId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid NewContractTemplate template) {
        mayEnter(companyId);
        return autentique.writeTemplate(
                companyId, new Keyed("contract-template.write", key, template), json.valueToTree(template));
    }

    @POST
    @Path("/deals/{dealId}/contracts")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(
            @PathParam("companyId") UUID companyId,
            @PathParam("dealId") UUID dealId,
            @HeaderParam("Idempotency-Key") String key,
            @NotNull @Valid NewContract ask) {
        DealView deal = door.enter(companyId, tx -> deals.find(tx, dealId).orElseThrow(() -> Problem.notFound("deal")));
        ObjectNode contract = json.valueToTree(ask);
        contract.put("dealId", deal.id().toString())
                .put("leadId", deal.leadId().toString())
                .put("valueCents", deal.valueCents())
                .put("currency", deal.currency())
                .put("idempotencyKey", Once.isKey(key) ? key : Uuid7.next().toString());
        return autentique.open(companyId, new Keyed("contract.create", key, List.of(dealId, ask)), dealId, contract);
    }

    @GET
    @Path("/contracts/{id}")
    public Response read(@PathParam("companyId") UUID companyId, @PathParam("id") UUID id) {
        mayEnter(companyId);
        return autentique.read(companyId, id);
    }

    /** Also of an archived company, whose contract could otherwise still be signed. */
    @POST
    @Path("/contracts/{id}/cancel")
    public Response cancel(
            @PathParam("companyId") UUID companyId,
            @PathParam("id") UUID id,
            @HeaderParam("Idempotency-Key") String key) {
        door.enter(companyId, Deed.ENDS, tx -> true);
        return autentique.cancel(companyId, new Keyed("contract.cancel", key, id), id);
    }

    private void mayEnter(UUID companyId) {
        door.enter(companyId, tx -> true);
    }
}
