package io.centurions.backoffice.company;

import io.centurions.backoffice.idempotency.Claim;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.Caller;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Decides which company a request makes. No company owns the key yet, so it is kept under the person who
 * sent it.
 */
@ApplicationScoped
class ReserveCompany {

    private static final String RESERVE =
            "SELECT company_id, first, same_request FROM core.reserve_company_v1($1, $2, $3, $4)";

    private final Once once;
    private final Caller caller;

    ReserveCompany(Once once, Caller caller) {
        this.once = once;
        this.caller = caller;
    }

    /** The transaction's own company for a new request, else the one that the first with this key made. */
    Claim reserve(Tx tx, NewCompany company, String key) {
        UUID fresh = tx.company().value();
        if (!Once.isKey(key)) {
            return new Claim(fresh, true);
        }
        var kept = tx.first(RESERVE, caller.person().subject(), key, Buffer.buffer(once.hash(company)), fresh)
                .orElseThrow();
        if (!kept.getBoolean("same_request")) {
            throw Once.reused();
        }
        return new Claim(kept.getUUID("company_id"), kept.getBoolean("first"));
    }
}
