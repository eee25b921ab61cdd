package io.centurions.backoffice.lead;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Takes a conversation from the machine. Works while agent-runtime is down; repeated, it changes nothing. */
@ApplicationScoped
class TakeOver {

    private static final String TAKE = """
            WITH r AS MATERIALIZED (SELECT core.take_over_v1($1, 'supervisor', $2::text) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_backoffice_v1(r.out -> 'events') AS appended FROM r)
            SELECT (r.out ->> 'found')::boolean AS found, (r.out ->> 'changed')::boolean AS changed,
                   (r.out ->> 'on_the_wire')::int AS on_the_wire, s.appended
              FROM r, s
            """;

    private final Relay relay;
    private final AuditLog audit;

    TakeOver(Relay relay, AuditLog audit) {
        this.relay = relay;
        this.audit = audit;
    }

    /** How many calls of the machine to a provider are in flight and may still finish; none starts after the commit. */
    int take(Tx tx, UUID conversation, String reason) {
        var taken = tx.first(TAKE, conversation, reason).orElseThrow();
        if (!taken.getBoolean("found")) {
            throw Problem.notFound("conversation");
        }
        int inFlight = taken.getInteger("on_the_wire");
        if (taken.getBoolean("changed")) {
            var after = Map.of("state", "human", "callsInFlight", inFlight);
            audit.write(tx, "conversation.takeover", conversation, null, after);
            tx.afterCommit(relay::wake);
        }
        return inFlight;
    }
}
