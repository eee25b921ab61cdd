package io.centurions.backoffice.company;

import io.centurions.backoffice.idempotency.Claim;
import io.centurions.backoffice.idempotency.Once;
import io.centurions.backoffice.security.Caller;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.tenancy.Database;
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

    private final Database database;
    private final Once once;
    private final Caller caller;

    ReserveCompany(Database database, Once once, Caller caller) {
        this.database = database;
        this.once = once;
        this.caller = caller;
    }

    Claim reserve(NewCompany company, String key) {
        UUID fresh = Uuid7.next();
        if (!Once.isKey(key)) {
            return new Claim(fresh, true);
        }
        var kept = database.call(RESERVE, caller.person().subject(), key, Buffer.buffer(once.hash(company)), fresh)
                .getFirst();
        if (!kept.getBoolean("same_request")) {
            throw Once.reused();
        }
        return new Claim(kept.getUUID("company_id"), kept.getBoolean("first"));
    }
}
