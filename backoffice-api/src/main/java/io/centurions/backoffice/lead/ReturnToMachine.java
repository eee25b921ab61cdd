package io.centurions.backoffice.lead;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/**
 * Gives a conversation back to the machine. What the lead wrote and nobody answered is answered now. Works
 * while agent-runtime is down; repeated, it changes nothing. Refused while the company's plan blocks the machine
 * from answering. Twin of {@link TakeOver}.
 */
@ApplicationScoped
class ReturnToMachine {

    // What it was is read as the statement found it: the function's own change is none that it sees.
    private static final String GIVE_BACK = """
            WITH b AS MATERIALIZED (SELECT state FROM core.conversations WHERE company_id = $3 AND id = $1),
                 r AS MATERIALIZED (SELECT core.return_to_machine_v1($1, 'supervisor', $2::text) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_backoffice_v1(r.out -> 'events') AS appended FROM r)
            SELECT (r.out ->> 'changed')::boolean AS changed, r.out ->> 'full' AS full_limit,
                   (SELECT b.state FROM b) AS before, s.appended
              FROM r, s
            """;

    private final Relay relay;
    private final AuditLog audit;

    ReturnToMachine(Relay relay, AuditLog audit) {
        this.relay = relay;
        this.audit = audit;
    }

    /** Nothing happens to one that the machine has already. */
    void giveBack(Tx tx, UUID conversation, String reason) {
        var returned =
                tx.first(GIVE_BACK, conversation, reason, tx.company().value()).orElseThrow();
        if (returned.getString("full_limit") != null) {
            throw Problem.conflict(
                    "plan-limit-reached", "the company's plan has no room: " + returned.getString("full_limit"));
        }
        if (returned.getBoolean("changed")) {
            var before = Map.of("state", returned.getString("before"));
            audit.write(tx, "conversation.return", conversation, before, Map.of("state", "ai"));
            tx.afterCommit(relay::wake);
        }
    }
}
