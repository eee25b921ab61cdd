package io.centurions.backoffice.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
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
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Passes a request on to autentique-service and its answer back: the thing or its refusal as they came, 503 when it is
 * not there. The rows are not ours and are committed there; so what a person asks for is kept in the audit trail before
 * it, and what came of it after: nobody has anything made or canceled without a trace.
 */
@ApplicationScoped
class ContractsClient {

    private static final Response.Status OK = Response.Status.OK;
    private static final Response.Status ACCEPTED = Response.Status.ACCEPTED;
    private static final Map<String, String> ASKED = Map.of("state", "asked");
    private static final MediaType PROBLEM = new MediaType("application", "problem+json");

    private final AutentiqueServiceClient client;
    private final Database database;
    private final Once once;
    private final AuditLog audit;
    private final Ask ask;

    ContractsClient(@RestClient AutentiqueServiceClient client, Database database, Once once, AuditLog audit, Ask ask) {
        this.client = client;
        this.database = database;
        this.once = once;
        this.audit = audit;
        this.ask = ask;
    }

    /** The latest text again is the same version, with or without a key; a repeat writes nothing. */
    Response writeTemplate(UUID company, Keyed keyed, JsonNode template) {
        var again = new Again(OK, first -> client.readTemplate(company, first));
        return once(company, new Wanted(keyed, company), () -> client.writeTemplate(company, template), again);
    }

    Response open(UUID company, Keyed keyed, UUID deal, JsonNode contract) {
        var again = new Again(OK, first -> client.read(company, first));
        return once(company, new Wanted(keyed, deal), () -> client.open(company, contract), again);
    }

    Response read(UUID company, UUID contract) {
        return asked(company, () -> client.read(company, contract));
    }

    Response cancel(UUID company, Keyed keyed, UUID contract) {
        var again = new Again(ACCEPTED, first -> client.read(company, first));
        return once(company, new Wanted(keyed, contract), () -> client.cancel(company, contract), again);
    }

    /** A request, and what it is about while the thing that it makes is not there. */
    private record Wanted(Keyed keyed, UUID target) {}

    /** What a repeat is answered: the thing as it is. */
    private record Again(Response.Status status, Function<UUID, RestResponse<JsonNode>> asItIs) {}

    // Its key is kept once it is done: a request that died before does it with its repeat.
    private Response once(UUID company, Wanted wanted, Supplier<RestResponse<JsonNode>> act, Again again) {
        var first = database.asCompany(CompanyId.of(company), tx -> {
            var before = once.first(tx, wanted.keyed());
            if (before.isEmpty()) {
                audit.write(tx, wanted.keyed().operation(), wanted.target(), null, ASKED);
            }
            return before;
        });
        if (first.isEmpty()) {
            return kept(company, wanted, asked(company, act));
        }
        Response now = asked(company, () -> again.asItIs().apply(first.get()));
        return isDone(now)
                ? Response.fromResponse(now)
                        .status(again.status())
                        .header("Idempotent-Replay", "true")
                        .build()
                : now;
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

    // An answer that never came leaves the asking alone: nobody knows what became of it.
    private Response kept(UUID company, Wanted wanted, Response answer) {
        Keyed keyed = wanted.keyed();
        if (!isDone(answer)) {
            var refused = Map.of("state", "refused", "answer", answer.getStatus());
            database.runAsCompany(
                    CompanyId.of(company), tx -> audit.write(tx, keyed.operation(), wanted.target(), null, refused));
        } else if (answer.getEntity() instanceof JsonNode made && made.hasNonNull("id")) {
            UUID target = UUID.fromString(made.get("id").asText());
            var after = Map.of("state", "done", "status", made.path("status").asText(""));
            database.runAsCompany(CompanyId.of(company), tx -> {
                if (once.keep(tx, keyed, target)) {
                    audit.write(tx, keyed.operation(), target, null, after);
                }
            });
        }
        return answer;
    }

    private static boolean isDone(Response answer) {
        return answer.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL;
    }
}
