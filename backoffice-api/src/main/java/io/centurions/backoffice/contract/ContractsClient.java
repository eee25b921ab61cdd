package io.centurions.backoffice.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.neighbour.Answer;
import io.centurions.backoffice.neighbour.Ask;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Passes a request on to autentique-service and its answer back: the thing or its refusal as they came, 503 when it is
 * not there. What a person had made or canceled is kept in the audit trail once it is done; the row itself is not ours.
 */
@ApplicationScoped
class ContractsClient {

    private static final MediaType PROBLEM = new MediaType("application", "problem+json");

    private final AutentiqueServiceClient client;
    private final Database database;
    private final AuditLog audit;
    private final Ask ask;

    ContractsClient(@RestClient AutentiqueServiceClient client, Database database, AuditLog audit, Ask ask) {
        this.client = client;
        this.database = database;
        this.audit = audit;
        this.ask = ask;
    }

    Response writeTemplate(UUID company, JsonNode template) {
        return audited(
                company, "contract-template.write", asked(company, () -> client.writeTemplate(company, template)));
    }

    Response open(UUID company, JsonNode contract) {
        return audited(company, "contract.create", asked(company, () -> client.open(company, contract)));
    }

    Response read(UUID company, UUID contract) {
        return asked(company, () -> client.read(company, contract));
    }

    Response cancel(UUID company, UUID contract) {
        return audited(company, "contract.cancel", asked(company, () -> client.cancel(company, contract)));
    }

    private Response asked(UUID company, Supplier<RestResponse<JsonNode>> call) {
        return switch (ask.of("autentique-service", CompanyId.of(company), call)) {
            case Answer.Given<RestResponse<JsonNode>>(var answer) ->
                Response.status(answer.getStatus())
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(answer.getEntity())
                        .build();
            case Answer.Refused<RestResponse<JsonNode>>(int status, String problem) ->
                Response.status(status).type(PROBLEM).entity(problem).build();
            case Answer.Unreachable<RestResponse<JsonNode>> away ->
                throw Problem.unavailable(
                        "autentique-service did not answer, nothing is lost by repeating", Duration.ofSeconds(5));
        };
    }

    private Response audited(UUID company, String action, Response answer) {
        if (answer.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL
                && answer.getEntity() instanceof JsonNode made
                && made.hasNonNull("id")) {
            UUID target = UUID.fromString(made.get("id").asText());
            database.runAsCompany(
                    CompanyId.of(company),
                    tx -> audit.write(
                            tx,
                            action,
                            target,
                            null,
                            Map.of("status", made.path("status").asText(""))));
        }
        return answer;
    }
}
