package io.centurions.backoffice.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.backoffice.security.Caller;
import io.centurions.platform.tenancy.Person;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Keeps each change that a person makes, in the transaction that makes it. What is secret or personal by the
 * name of its field is blotted out of before and after; what is so by its content must not be given.
 */
@ApplicationScoped
public class AuditLog {

    private static final String WRITE = """
            INSERT INTO core.audit_log (company_id, actor, actor_role, action, target, before, after, request_id, address)
            VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7::text::jsonb, $8, $9)
            """;

    private final Caller caller;
    private final Origin origin;
    private final ObjectMapper json;

    AuditLog(Caller caller, Origin origin, ObjectMapper json) {
        this.caller = caller;
        this.origin = origin;
        this.json = json;
    }

    /**
     * @param action what was done, as {@code company.create}
     * @param target id of the thing
     * @param before how it was; null: it was not
     * @param after  how it is; null: it is gone
     */
    public void write(Tx tx, String action, UUID target, Object before, Object after) {
        writeAs(tx, caller.person(), action, target, before, after);
    }

    /** The same where no request of the person is under way: a job that finishes what they began. */
    public void writeAs(Tx tx, Person person, String action, UUID target, Object before, Object after) {
        tx.execute(
                WRITE,
                tx.company().value(),
                person.subject(),
                person.role(),
                action,
                target,
                text(before),
                text(after),
                origin.requestId(),
                origin.address());
    }

    private String text(Object state) {
        try {
            return state == null ? null : json.writeValueAsString(Masked.of(json.valueToTree(state)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "cannot write a " + state.getClass().getSimpleName() + " to the audit trail", e);
        }
    }
}
