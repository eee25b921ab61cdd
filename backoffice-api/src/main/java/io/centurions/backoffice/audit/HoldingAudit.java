package io.centurions.backoffice.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.Caller;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Keeps what the holding's people do to things that no company owns. Whoever calls has checked that the
 * person is the holding's. What is secret or personal by the name of its field is blotted out of what is
 * given as after.
 */
@ApplicationScoped
public class HoldingAudit {

    private static final String KEEP = """
            INSERT INTO core.holding_audit (actor, actor_role, action, target, after, request_id, address, request_key)
            SELECT $1::text, $2::text, $3::text, $4::uuid, $5::text::jsonb,
                   $6::text::jsonb ->> 'request', $6::text::jsonb ->> 'address', $7::text""";

    // One statement is one transaction: the act and its trace commit together, and only when it was done.
    private static final String DO_AND_KEEP = """
            WITH done AS MATERIALIZED (SELECT %s AS outcome),
                 kept AS (%s FROM done WHERE done.outcome = $8::text)
            SELECT outcome FROM done
            """;

    private static final String FIRST = """
            SELECT target = $3::uuid AND after = $4::text::jsonb AS same
              FROM core.holding_audit
             WHERE action = $1 AND request_key = $2
            """;

    private static final String UNIQUE_VIOLATION = "23505";

    /** The number of the first placeholder that is the function's own. */
    public static final int FIRST_ARGUMENT = 9;

    /** The request came before with its key, and was done then. */
    public static final String REPEATED = "repeated";

    private final Caller caller;
    private final Origin origin;
    private final Database database;
    private final ObjectMapper json;

    HoldingAudit(Caller caller, Origin origin, Database database, ObjectMapper json) {
        this.caller = caller;
        this.origin = origin;
        this.database = database;
        this.json = json;
    }

    /** Keeps an act by itself, committed. */
    public void write(String action, UUID target, Object after) {
        database.call(KEEP, kept(new Act(action, target, after, null)).toArray());
    }

    /**
     * What is asked for.
     *
     * @param key of the request; null or blank: it has none
     */
    public record Act(String action, UUID target, Object after, String key) {

        public Act {
            if (key != null) {
                Once.checkLength(key);
                key = key.isBlank() ? null : key;
            }
        }
    }

    /**
     * Calls a listed function that changes something, and keeps the act with its key if it says that it did.
     *
     * @param call      the function, its own placeholders from {@link #FIRST_ARGUMENT} on
     * @param done      what it answers when it has changed something
     * @param arguments of the function
     * @return what it answered, or {@link #REPEATED}
     * @throws Problem 409 when the key stands for another act; nothing is changed then
     */
    public String once(Act act, String call, String done, List<Object> arguments) {
        List<Object> parameters = kept(act);
        parameters.add(done);
        parameters.addAll(arguments);
        try {
            String outcome = database.call(DO_AND_KEEP.formatted(call, KEEP), parameters.toArray())
                    .getFirst()
                    .getString("outcome");
            return !outcome.equals(done) && wasDone(act) ? REPEATED : outcome;
        } catch (PgException refused) {
            throw act.key() != null && UNIQUE_VIOLATION.equals(refused.getSqlState()) ? Once.reused() : refused;
        }
    }

    /**
     * {@link #once} for what is asked for without a key.
     *
     * @return what the function answered
     */
    public String writeIf(String action, UUID target, Object after, String call, String done, List<Object> arguments) {
        return once(new Act(action, target, after, null), call, done, arguments);
    }

    private boolean wasDone(Act act) {
        if (act.key() == null) {
            return false;
        }
        var first = database.call(FIRST, act.action(), act.key(), act.target(), written(act));
        if (!first.isEmpty() && !first.getFirst().getBoolean("same")) {
            throw Once.reused();
        }
        return !first.isEmpty();
    }

    private List<Object> kept(Act act) {
        var person = caller.person();
        List<Object> parameters = new ArrayList<>();
        parameters.add(person.subject());
        parameters.add(person.role());
        parameters.add(act.action());
        parameters.add(act.target());
        parameters.add(written(act));
        parameters.add(new JsonObject()
                .put("request", origin.requestId())
                .put("address", origin.address())
                .encode());
        parameters.add(act.key());
        return parameters;
    }

    private String written(Act act) {
        try {
            return json.writeValueAsString(Masked.of(json.valueToTree(act.after())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + act.action() + " to the holding's audit trail", e);
        }
    }
}
