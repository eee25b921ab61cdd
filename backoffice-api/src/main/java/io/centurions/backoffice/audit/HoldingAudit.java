package io.centurions.backoffice.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.backoffice.idempotency.Done;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.Caller;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.tenancy.Database;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Keeps what the holding's people do to things that no company owns. Whoever calls has checked that the
 * person is the holding's. What is secret or personal by the name of its field is blotted out of before and
 * after.
 */
@ApplicationScoped
public class HoldingAudit {

    private static final String KEEP = """
            INSERT INTO core.holding_audit
                   (actor, actor_role, action, target, before, after, request_id, address, request_hash, request_key)
            SELECT $1::text, $2::text, $3::text, $4::uuid, $5::text::jsonb -> 'before', $5::text::jsonb -> 'after',
                   $6::text::jsonb ->> 'request', $6::text::jsonb ->> 'address',
                   decode($6::text::jsonb ->> 'hash', 'hex'), $7::text""";

    // One statement is one transaction: the act and its trace commit together, and only when it was done.
    private static final String DO_AND_KEEP = """
            WITH done AS MATERIALIZED (SELECT %s AS outcome),
                 kept AS (%s FROM done WHERE done.outcome = $8::text)
            SELECT outcome FROM done
            """;

    private static final String FIRST = """
            SELECT target, after::text AS after, request_hash
              FROM core.holding_audit
             WHERE action = $1 AND request_key = $2
            """;

    private static final String UNIQUE_VIOLATION = "23505";

    /** The number of the first placeholder that is the function's own. */
    public static final int FIRST_ARGUMENT = 9;

    private final Caller caller;
    private final Origin origin;
    private final Database database;
    private final ObjectMapper json;
    private final Once once;

    HoldingAudit(Caller caller, Origin origin, Database database, ObjectMapper json, Once once) {
        this.caller = caller;
        this.origin = origin;
        this.database = database;
        this.json = json;
        this.once = once;
    }

    /**
     * What is asked for.
     *
     * @param before how it was; null: it was not
     * @param after  how it is
     * @param keyed  the request; an act without one is done whenever it is asked for
     */
    public record Act(String action, UUID target, Object before, Object after, Keyed keyed) {

        /** The action is the operation of its key. */
        public static Act of(Keyed keyed, UUID target, Object before, Object after) {
            return new Act(keyed.operation(), target, before, after, Once.isKey(keyed.key()) ? keyed : null);
        }

        /** Something that was not there, or that only happens. */
        public static Act of(Keyed keyed, UUID target, Object after) {
            return of(keyed, target, null, after);
        }

        /** Asked for without a key. */
        public static Act of(String action, UUID target, Object before, Object after) {
            return new Act(action, target, before, after, null);
        }
    }

    /** How an act ended. */
    public sealed interface Ended {

        /** What the function answered, now. */
        record Answered(String outcome) implements Ended {}

        /**
         * Nothing was done: the request came before with its key, and was done then.
         *
         * @param target of then
         * @param after  as it was kept then, JSON
         */
        record Repeated(UUID target, String after) implements Ended {}
    }

    /** Keeps an act by itself, committed. */
    public void write(String action, UUID target, Object after) {
        database.call(KEEP, kept(Act.of(action, target, null, after)).toArray());
    }

    /** Keeps an act with its key; false when that is kept already, and nothing is kept now. */
    public boolean keep(Act act) {
        return keptNow(act).isEmpty();
    }

    /**
     * What cannot be part of our transaction and changes nothing by being done twice: not done again once it
     * was, and done again when it failed or died before its end. What it answers is kept, and is the answer
     * to a repeat.
     */
    public <T> Done<T> untilDone(Keyed keyed, Class<T> answer, Supplier<T> act) {
        var before = first(keyed);
        if (before.isPresent()) {
            return new Done<>(read(before.get(), answer), false);
        }
        T now = act.get();
        return keptNow(Act.of(keyed, Uuid7.next(), now))
                .map(faster -> new Done<>(read(faster, answer), false))
                .orElseGet(() -> new Done<>(now, true));
    }

    private Optional<Ended.Repeated> keptNow(Act act) {
        return switch (once(act, "'done'::text", "done", List.of())) {
            case Ended.Answered now -> Optional.empty();
            case Ended.Repeated before -> Optional.of(before);
        };
    }

    private <T> T read(Ended.Repeated before, Class<T> type) {
        try {
            return json.readValue(before.after(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was kept is no " + type.getSimpleName(), e);
        }
    }

    /**
     * What was done when the request came first with its key.
     *
     * @return empty when it did not, or has no key
     * @throws RuntimeException 409 when the key stands for another request
     */
    public Optional<Ended.Repeated> first(Keyed keyed) {
        if (!Once.isKey(keyed.key())) {
            return Optional.empty();
        }
        var first =
                database.call(FIRST, keyed.operation(), keyed.key()).stream().findFirst();
        if (first.isPresent() && !isSame(first.get(), keyed)) {
            throw Once.reused();
        }
        return first.map(row -> new Ended.Repeated(row.getUUID("target"), row.getString("after")));
    }

    private boolean isSame(Row first, Keyed keyed) {
        return Buffer.buffer(once.hash(keyed.request())).equals(first.getBuffer("request_hash"));
    }

    /**
     * Calls a listed function that changes something, and keeps the act with its key if it says that it did.
     *
     * @param call      the function, its own placeholders from {@link #FIRST_ARGUMENT} on
     * @param done      what it answers when it has changed something
     * @param arguments of the function
     * @throws RuntimeException 409 when the key stands for another request; nothing is changed then
     */
    public Ended once(Act act, String call, String done, List<Object> arguments) {
        var before = repeated(act);
        if (before.isPresent()) {
            return before.get();
        }
        List<Object> parameters = kept(act);
        parameters.add(done);
        parameters.addAll(arguments);
        try {
            String outcome = database.call(DO_AND_KEEP.formatted(call, KEEP), parameters.toArray())
                    .getFirst()
                    .getString("outcome");
            // A twin with the same key may have been faster.
            Ended answered = new Ended.Answered(outcome);
            return outcome.equals(done) ? answered : repeated(act).orElse(answered);
        } catch (PgException refused) {
            if (UNIQUE_VIOLATION.equals(refused.getSqlState())) {
                return repeated(act).orElseThrow(() -> refused);
            }
            throw refused;
        }
    }

    /**
     * {@link #once} for what is asked for without a key.
     *
     * @return what the function answered
     */
    public String writeIf(Act act, String call, String done, List<Object> arguments) {
        return switch (once(act, call, done, arguments)) {
            case Ended.Answered(String outcome) -> outcome;
            case Ended.Repeated never -> throw new IllegalStateException(act.action() + " has a key");
        };
    }

    private Optional<Ended> repeated(Act act) {
        return act.keyed() == null ? Optional.empty() : first(act.keyed()).map(Ended.class::cast);
    }

    private List<Object> kept(Act act) {
        var person = caller.person();
        var origins = new JsonObject().put("request", origin.requestId()).put("address", origin.address());
        if (act.keyed() != null) {
            origins.put("hash", HexFormat.of().formatHex(once.hash(act.keyed().request())));
        }
        List<Object> parameters = new ArrayList<>();
        parameters.add(person.subject());
        parameters.add(person.role());
        parameters.add(act.action());
        parameters.add(act.target());
        parameters.add(written(act));
        parameters.add(origins.encode());
        parameters.add(act.keyed() == null ? null : act.keyed().key());
        return parameters;
    }

    private String written(Act act) {
        ObjectNode states = json.createObjectNode();
        states.set("after", masked(act.after()));
        if (act.before() != null) {
            states.set("before", masked(act.before()));
        }
        return states.toString();
    }

    private JsonNode masked(Object state) {
        return Masked.of(json.valueToTree(state));
    }
}
