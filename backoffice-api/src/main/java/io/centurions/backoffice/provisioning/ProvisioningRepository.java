package io.centurions.backoffice.provisioning;

import io.centurions.platform.tenancy.Person;
import io.centurions.platform.tenancy.Tx;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The rows of one company's making: the making itself and its steps. */
@ApplicationScoped
class ProvisioningRepository {

    // One that failed is opened anew; one that runs, is done or undone stays as it is.
    private static final String OPEN = """
            INSERT INTO core.company_provisionings AS p (company_id, started_by, started_role)
            VALUES ($1, $2, $3)
            ON CONFLICT (company_id) DO UPDATE
               SET state = 'running', reason = NULL, updated_at = clock_timestamp(), version = p.version + 1
             WHERE p.state = 'failed'
            """;

    private static final String OPEN_STEPS = """
            INSERT INTO core.company_provisioning_steps AS s (company_id, step, place)
            SELECT $1::uuid, n.name, n.place::int
              FROM unnest($2::text[]) WITH ORDINALITY AS n (name, place)
            ON CONFLICT (company_id, step) DO UPDATE
               SET state = 'waiting', attempts = 0, reason = NULL, updated_at = clock_timestamp()
             WHERE s.state = 'failed'
            """;

    private static final String COMPANY_IS_BEING_MADE = """
            UPDATE core.companies
               SET status = 'provisioning', status_reason = NULL, version = version + 1, updated_at = clock_timestamp()
             WHERE id = $1 AND status = 'failed'
            """;

    /** Needs no transaction of its own: one statement. */
    static final String BEGIN = """
            UPDATE core.company_provisioning_steps s
               SET state = 'running', attempts = s.attempts + 1, started_at = coalesce(s.started_at, clock_timestamp()),
                   updated_at = clock_timestamp()
              FROM core.company_provisionings p
             WHERE s.company_id = $1 AND s.step = $2 AND s.state <> 'done'
               AND p.company_id = s.company_id AND p.state = 'running'
            RETURNING s.attempts
            """;

    // Whoever does a step of this company holds this row meanwhile, so that nobody else does.
    private static final String LOCK = """
            SELECT started_by, started_role
              FROM core.company_provisionings
             WHERE company_id = $1 AND state = 'running'
               FOR UPDATE
            """;

    private static final String IS_DONE =
            "SELECT 1 FROM core.company_provisioning_steps WHERE company_id = $1 AND step = $2 AND state = 'done'";

    private static final String STEP_ENDS = """
            UPDATE core.company_provisioning_steps
               SET state = $3::text, reason = $4::text, updated_at = clock_timestamp(),
                   finished_at = CASE WHEN $3::text = 'done' THEN clock_timestamp() END
             WHERE company_id = $1 AND step = $2
            """;

    private static final String ENDS = """
            UPDATE core.company_provisionings
               SET state = $2::text, reason = $3::text, updated_at = clock_timestamp(), version = version + 1,
                   finished_at = CASE WHEN $2::text IN ('done', 'undone') THEN clock_timestamp() END
             WHERE company_id = $1
            """;

    private static final String COMPANY_FAILED = """
            UPDATE core.companies
               SET status = 'failed', status_reason = $2, version = version + 1, updated_at = clock_timestamp()
             WHERE id = $1 AND status = 'provisioning'
            """;

    private static final String STEPS_UNDONE = """
            UPDATE core.company_provisioning_steps
               SET state = 'undone', finished_at = NULL, updated_at = clock_timestamp()
             WHERE company_id = $1 AND state <> 'waiting'
            """;

    private static final String FIND = """
            SELECT state, reason, started_at, finished_at, updated_at, version
              FROM core.company_provisionings
             WHERE company_id = $1
            """;

    private static final String STEPS = """
            SELECT step, state, attempts, reason, started_at, finished_at
              FROM core.company_provisioning_steps
             WHERE company_id = $1
             ORDER BY place
            """;

    void open(Tx tx, Person by, String[] steps) {
        UUID company = tx.company().value();
        tx.execute(OPEN, company, by.subject(), by.role());
        if (lock(tx).isPresent()) {
            tx.execute(OPEN_STEPS, company, steps);
            tx.execute(COMPANY_IS_BEING_MADE, company);
        }
    }

    /**
     * Who asked for the company, when its making is still under way; the row is ours until the
     * transaction ends.
     */
    Optional<Person> lock(Tx tx) {
        return tx.first(LOCK, tx.company().value())
                .map(row -> new Person(row.getString("started_by"), row.getString("started_role")));
    }

    boolean isDone(Tx tx, String step) {
        return tx.first(IS_DONE, tx.company().value(), step).isPresent();
    }

    void done(Tx tx, String step) {
        tx.execute(STEP_ENDS, tx.company().value(), step, "done", null);
    }

    void finish(Tx tx) {
        tx.execute(ENDS, tx.company().value(), "done", null);
    }

    void fail(Tx tx, String step, String reason) {
        UUID company = tx.company().value();
        tx.execute(STEP_ENDS, company, step, "failed", reason);
        tx.execute(ENDS, company, "failed", reason);
        tx.execute(COMPANY_FAILED, company, reason);
    }

    void undo(Tx tx) {
        tx.execute(STEPS_UNDONE, tx.company().value());
        tx.execute(ENDS, tx.company().value(), "undone", null);
    }

    Optional<ProvisioningView> find(Tx tx) {
        return tx.first(FIND, tx.company().value()).map(row -> view(tx, row));
    }

    /** Locked, so that it does not move on while it is undone. */
    Optional<ProvisioningView> findForUpdate(Tx tx) {
        return tx.first(FIND + " FOR UPDATE", tx.company().value()).map(row -> view(tx, row));
    }

    private static ProvisioningView view(Tx tx, Row row) {
        UUID company = tx.company().value();
        List<ProvisioningView.StepView> steps = tx.query(STEPS, company).stream()
                .map(ProvisioningRepository::step)
                .toList();
        return new ProvisioningView(
                company,
                row.getString("state"),
                row.getString("reason"),
                steps,
                moment(row, "started_at"),
                moment(row, "finished_at"),
                moment(row, "updated_at"),
                row.getInteger("version"));
    }

    private static ProvisioningView.StepView step(Row row) {
        return new ProvisioningView.StepView(
                row.getString("step"),
                row.getString("state"),
                row.getInteger("attempts"),
                row.getString("reason"),
                moment(row, "started_at"),
                moment(row, "finished_at"));
    }

    private static Instant moment(Row row, String column) {
        var at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }
}
