package io.centurions.backoffice.usage;

import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Asked before a person, an instance or a file is made, in the transaction that makes it:
 * 409 {@code plan-limit-reached} when the company's plan has no room and blocks. Of two that want the last
 * place one gets it.
 */
@ApplicationScoped
public class TakePlace {

    // Held until the commit. Not the company's row: who changes the company would wait for us.
    private static final String ONE_AT_A_TIME =
            "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('places ' || $1::text, 0))";

    private static final String ROOM =
            "SELECT l.most, %s AS used FROM core.plan_limit_v1($1, $2) AS l WHERE l.behaviour = 'block'";

    /** For somebody who is invited, or invited again after they were deactivated. */
    public void forPerson(Tx tx) {
        take(tx, "people", 1, ROOM.formatted(Counted.PEOPLE));
    }

    /** For a channel instance of any kind. */
    public void forInstance(Tx tx) {
        take(tx, "instances", 1, ROOM.formatted(Counted.INSTANCES));
    }

    /** For a file that is in the storage and counts from this transaction on. */
    public void forFile(Tx tx, long bytes) {
        take(tx, "fileBytes", bytes, ROOM.formatted(Counted.FILE_BYTES));
    }

    // Counted once more under the lock: only then does it see what the one before has committed.
    private static void take(Tx tx, String what, long more, String room) {
        if (blocking(tx, what, room).isPresent()) {
            tx.query(ONE_AT_A_TIME, tx.company().value().toString());
            blocking(tx, what, room)
                    .filter(row -> row.getLong("used") + more > row.getLong("most"))
                    .ifPresent(row -> {
                        throw Problem.conflict(
                                "plan-limit-reached",
                                "the company's plan has room for " + row.getLong("most") + " " + what);
                    });
        }
    }

    private static Optional<Row> blocking(Tx tx, String what, String room) {
        return tx.first(room, tx.company().value(), what);
    }
}
