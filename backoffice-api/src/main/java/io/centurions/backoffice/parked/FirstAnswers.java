package io.centurions.backoffice.parked;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.idempotency.Keyed;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** What a keyed selection was answered for the things of one company, kept in its audit trail for the repeat. */
@ApplicationScoped
class FirstAnswers {

    private static final String FIRST = """
            SELECT after::text AS after
              FROM core.audit_log
             WHERE company_id = $1 AND target = $2 AND action = $3
            """;

    private final Once once;
    private final AuditLog audit;

    FirstAnswers(Once once, AuditLog audit) {
        this.once = once;
        this.audit = audit;
    }

    /**
     * The answers.
     *
     * @param fresh false: of then; what was not asked for then is absent
     */
    record Answers(Map<UUID, Settling> ended, boolean fresh) {}

    /** Settles in this transaction and keeps what came of it; only tells that when the request came before. */
    Answers once(Tx tx, Keyed keyed, Supplier<Map<UUID, Settling>> settle) {
        var claim = once.claim(tx, keyed);
        if (!claim.fresh()) {
            return new Answers(
                    tx.first(FIRST, tx.company().value(), claim.id(), keyed.operation())
                            .map(row -> read(row.getString("after")))
                            .orElseGet(Map::of),
                    false);
        }
        Map<UUID, Settling> ended = settle.get();
        if (Once.isKey(keyed.key())) {
            audit.write(tx, keyed.operation(), claim.id(), null, ended);
        }
        return new Answers(ended, true);
    }

    private static Map<UUID, Settling> read(String after) {
        Map<UUID, Settling> ended = new HashMap<>();
        new JsonObject(after)
                .forEach(each -> ended.put(UUID.fromString(each.getKey()), Settling.coded(each.getValue())));
        return ended;
    }
}
