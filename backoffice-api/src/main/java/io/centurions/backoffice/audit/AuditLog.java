package io.centurions.backoffice.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.backoffice.security.Caller;
import io.centurions.platform.tenancy.Trace;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Keeps each change that a person makes, in the transaction that makes it. What is given as before and after must hold
 * no secret and no personal data: views do not.
 */
@ApplicationScoped
public class AuditLog {

    private static final String WRITE = """
            INSERT INTO core.audit_log (company_id, actor, actor_role, action, target, before, after, request_id)
            VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8)
            """;

    private final Caller caller;
    private final ObjectMapper json;

    AuditLog(Caller caller, ObjectMapper json) {
        this.caller = caller;
        this.json = json;
    }

    /**
     * @param action what was done, as {@code company.create}
     * @param target id of the thing
     * @param before how it was; null: it was not
     * @param after  how it is; null: it is gone
     */
    public void write(Tx tx, String action, UUID target, Object before, Object after) {
        var person = caller.person();
        tx.execute(
                WRITE,
                tx.company().value(),
                person.subject(),
                person.role(),
                action,
                target,
                text(before),
                text(after),
                Trace.current().traceId());
    }

    private String text(Object state) {
        try {
            return state == null ? null : json.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot write a " + state.getClass().getSimpleName() + " to the audit trail", e);
        }
    }
}
