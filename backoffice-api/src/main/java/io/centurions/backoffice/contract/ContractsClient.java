package io.centurions.backoffice.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Asking;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.neighbour.Answer;
import io.centurions.backoffice.neighbour.Ask;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Passes a request on to autentique-service and its answer back: the thing or its refusal as they came, 503 when it is
 * not there. The rows are not ours and are committed there; so what a person asks for is kept in the audit trail before
 * it, and what came of it after: nobody has anything made or canceled without a trace.
 *
 * <p>A key is kept for its request before autentique-service is asked, and done when its answer is kept.
 * Whoever repeats a request that is asked and not done asks again, which makes nothing twice: of those who
 * ask at once, and of those who were cut off, one is told that it was made, the others are shown what was.
 */
@ApplicationScoped
class ContractsClient {

    private static final Told TEMPLATE = new Told(Response.Status.OK, Response.Status.OK);
    private static final Told CONTRACT = new Told(Response.Status.CREATED, Response.Status.OK);
    private static final Told CANCEL = new Told(Response.Status.ACCEPTED, Response.Status.ACCEPTED);
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
        var call = new Call(id -> client.writeTemplate(company, id, template), id -> client.readTemplate(company, id));
        return once(company, new Wanted(keyed, company, call, TEMPLATE));
    }

    Response open(UUID company, Keyed keyed, UUID deal, JsonNode contract) {
        var call = new Call(id -> client.open(company, contract), id -> client.read(company, id));
        return once(company, new Wanted(keyed, deal, call, CONTRACT));
    }

    Response read(UUID company, UUID contract) {
        return asked(company, () -> client.read(company, contract));
    }

    Response cancel(UUID company, Keyed keyed, UUID contract) {
        var call = new Call(id -> client.cancel(company, contract), id -> client.read(company, id));
        return once(company, new Wanted(keyed, contract, call, CANCEL));
    }

    /**
     * A request.
     *
     * @param target what it is about while the thing that it makes is not there
     */
    private record Wanted(Keyed keyed, UUID target, Call call, Told told) {}

    /**
     * How it is done.
     *
     * @param act    is given the id of the asking; made again for one asking it changes nothing
     * @param asItIs the thing that it made, by its id
     */
    private record Call(Function<UUID, RestResponse<JsonNode>> act, Function<UUID, RestResponse<JsonNode>> asItIs) {}

    /**
     * How its end is told.
     *
     * @param first to one; what has the id of the asking was made for it, and is told as that
     * @param again to each other
     */
    private record Told(Response.Status first, Response.Status again) {}

    private Response once(UUID company, Wanted wanted) {
        Asking asking = database.asCompany(CompanyId.of(company), tx -> asking(tx, wanted));
        if (asking.done()) {
            return repeated(company, wanted, asking.id());
        }
        Response answer = asked(company, () -> wanted.call().act().apply(asking.id()));
        if (!isDone(answer)) {
            database.runAsCompany(CompanyId.of(company), tx -> refused(tx, wanted, asking, answer));
            return answer;
        }
        return answer.getEntity() instanceof JsonNode thing && thing.hasNonNull("id")
                ? done(company, wanted, asking, thing)
                : answer;
    }

    private Asking asking(Tx tx, Wanted wanted) {
        Asking asking = once.ask(tx, wanted.keyed());
        if (asking.fresh()) {
            audit.write(tx, wanted.keyed().operation(), wanted.target(), null, ASKED);
        }
        return asking;
    }

    private Response done(UUID company, Wanted wanted, Asking asking, JsonNode thing) {
        UUID made = UUID.fromString(thing.get("id").asText());
        var after = Map.of("state", "done", "status", thing.path("status").asText(""));
        Optional<UUID> before = database.asCompany(CompanyId.of(company), tx -> {
            if (!once.keep(tx, wanted.keyed(), made)) {
                return once.first(tx, wanted.keyed());
            }
            audit.write(tx, wanted.keyed().operation(), made, null, after);
            return Optional.empty();
        });
        if (before.isPresent()) {
            return repeated(company, wanted, before.get());
        }
        var status = made.equals(asking.id())
                ? Response.Status.CREATED
                : wanted.told().first();
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(thing)
                .build();
    }

    // An answer that never came leaves the asking alone: nobody knows what became of it.
    private void refused(Tx tx, Wanted wanted, Asking asking, Response answer) {
        if (once.release(tx, wanted.keyed(), asking.id())) {
            var after = Map.of("state", "refused", "answer", answer.getStatus());
            audit.write(tx, wanted.keyed().operation(), wanted.target(), null, after);
        }
    }

    private Response repeated(UUID company, Wanted wanted, UUID first) {
        Response now = asked(company, () -> wanted.call().asItIs().apply(first));
        return isDone(now)
                ? Response.fromResponse(now)
                        .status(wanted.told().again())
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

    private static boolean isDone(Response answer) {
        return answer.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL;
    }
}
