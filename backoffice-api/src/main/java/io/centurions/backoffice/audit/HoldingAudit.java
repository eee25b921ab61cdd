package io.centurions.backoffice.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.backoffice.security.Caller;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Trace;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Keeps what the holding's people do to things that no company owns. Whoever calls has checked that the person is the
 * holding's. What is given as after must hold no secret and no personal data.
 */
@ApplicationScoped
public class HoldingAudit {

    private static final String KEEP = """
            INSERT INTO core.holding_audit (actor, actor_role, action, target, after, request_id)
            SELECT $1::text, $2::text, $3::text, $4::uuid, $5::text::jsonb, $6::text""";

    // One statement is one transaction: the act and its trace commit together, and only when it was done.
    private static final String DO_AND_KEEP = """
            WITH done AS MATERIALIZED (SELECT %s AS outcome),
                 kept AS (%s FROM done WHERE done.outcome = $7::text)
            SELECT outcome FROM done
            """;

    private final Caller caller;
    private final Database database;
    private final ObjectMapper json;

    HoldingAudit(Caller caller, Database database, ObjectMapper json) {
        this.caller = caller;
        this.database = database;
        this.json = json;
    }

    /** Keeps an act by itself, committed. */
    public void write(String action, UUID target, Object after) {
        database.call(KEEP, kept(action, target, after).toArray());
    }

    /**
     * Calls a listed function that changes something, and keeps the act if it says that it did.
     *
     * @param call      the function, its own placeholders from {@code $8} on
     * @param done      what it answers when it has changed something
     * @param arguments of the function
     * @return what it answered
     */
    public String writeIf(String action, UUID target, Object after, String call, String done, List<Object> arguments) {
        List<Object> parameters = kept(action, target, after);
        parameters.add(done);
        parameters.addAll(arguments);
        Row row = database.call(DO_AND_KEEP.formatted(call, KEEP), parameters.toArray())
                .getFirst();
        return row.getString("outcome");
    }

    private List<Object> kept(String action, UUID target, Object after) {
        var person = caller.person();
        try {
            List<Object> parameters = new ArrayList<>();
            parameters.add(person.subject());
            parameters.add(person.role());
            parameters.add(action);
            parameters.add(target);
            parameters.add(json.writeValueAsString(after));
            parameters.add(Trace.current().traceId());
            return parameters;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + action + " to the holding's audit trail", e);
        }
    }
}
