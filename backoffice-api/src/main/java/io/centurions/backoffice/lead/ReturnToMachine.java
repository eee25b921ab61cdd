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

    private static final String GIVE_BACK = """
            WITH r AS MATERIALIZED (SELECT core.return_to_machine_v1($1, 'supervisor', $2::text) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_backoffice_v1(r.out -> 'events') AS appended FROM r)
            SELECT (r.out ->> 'found')::boolean AS found, (r.out ->> 'changed')::boolean AS changed,
                   r.out ->> 'full' AS full_limit, s.appended
              FROM r, s
            """;

    private final Relay relay;
    private final AuditLog audit;
    private final LeadRepository leads;

    ReturnToMachine(Relay relay, AuditLog audit, LeadRepository leads) {
        this.relay = relay;
        this.audit = audit;
        this.leads = leads;
    }

    /** The state of the conversation afterwards. */
    String giveBack(Tx tx, UUID conversation, String reason) {
        var returned = tx.first(GIVE_BACK, conversation, reason).orElseThrow();
        if (returned.getString("full_limit") != null) {
            throw Problem.conflict(
                    "plan-limit-reached", "the company's plan has no room: " + returned.getString("full_limit"));
        }
        if (returned.getBoolean("changed")) {
            audit.write(tx, "conversation.return", conversation, Map.of("state", "human"), Map.of("state", "ai"));
            tx.afterCommit(relay::wake);
        }
        return leads.state(tx, conversation).orElseThrow(() -> Problem.notFound("conversation"));
    }
}
