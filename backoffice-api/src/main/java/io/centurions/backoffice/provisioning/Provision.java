package io.centurions.backoffice.provisioning;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.StorageUnavailable;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.centurions.platform.tenancy.Person;
import io.centurions.platform.tenancy.Tx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Makes a company whose row is there: each step once, in order, each in the transaction that marks it done.
 *
 * <pre>
 *              ┌──────── asked again ───────┐
 *              ▼                            │
 *  begun ──▶ running ──── refused ────▶  failed
 *              │                            │
 *       all steps done                   undone by a person
 *              ▼                            ▼
 *            done                        undone        (a running one can be undone, too)
 * </pre>
 *
 * <p>Killed anywhere, it stays running and goes on with the next call, or with the sweep of half-made
 * companies. Two that run at once do every step once: the row of the making is held while a step is done.
 */
@ApplicationScoped
public class Provision {

    private static final Logger LOG = Logger.getLogger(Provision.class);
    private static final String STATUS = "SELECT status FROM core.companies WHERE id = $1";
    private static final Set<String> NOT_MADE_YET = Set.of("provisioning", "failed");
    /** Of one step, while the database is too slow or away each time. Then a person has to look. */
    private static final int TRIES_MOST = 30;

    private final Database database;
    private final Steps steps;
    private final ProvisioningRepository rows;

    Provision(Database database, Steps steps, ProvisioningRepository rows) {
        this.database = database;
        this.steps = steps;
        this.rows = rows;
    }

    /** Writes down that the company of this transaction is to be made, in the name of whom. */
    public void begin(Tx tx, Person by) {
        rows.open(tx, by, steps.names());
    }

    /**
     * Goes on from wherever the company is and returns when it is active, or failed with its reason in its
     * rows; a company that was made before, or archived, is left alone.
     *
     * @param by in whose name it is made where nobody was written down
     * @throws DatabaseUnavailable when PostgreSQL was away or too slow: what is done stays done, the rest is
     *         done later
     * @throws StorageUnavailable the same of the storage of files
     */
    public void run(CompanyId company, Person by) {
        boolean wanted = database.asCompany(company, tx -> {
            boolean open = tx.first(STATUS, company.value())
                    .filter(row -> NOT_MADE_YET.contains(row.getString("status")))
                    .isPresent();
            if (open) {
                begin(tx, by);
            }
            return open;
        });
        if (wanted) {
            stepByStep(company);
        }
    }

    private void stepByStep(CompanyId company) {
        for (Step step : steps.inOrder()) {
            if (!took(company, step)) {
                return;
            }
        }
        LOG.infof("made company_id=%s", company);
    }

    // False ends the making: refused, or there is nothing to make any more.
    private boolean took(CompanyId company, Step step) {
        var begun = database.onceAsCompany(company, ProvisioningRepository.BEGIN, company.value(), step.name());
        if (!begun.isEmpty() && begun.getFirst().getInteger("attempts") > TRIES_MOST) {
            return refused(company, step, "given up after " + TRIES_MOST + " attempts");
        }
        try {
            if (!begun.isEmpty()) {
                step.reach(company);
            }
            return database.asCompany(company, tx -> done(tx, step));
        } catch (PgException e) {
            Refusal refusal = Refusal.of(e);
            if (refusal.isPassing()) {
                throw new DatabaseUnavailable("could not take step " + step.name() + " of making a company", e);
            }
            return refused(company, step, refusal.toString());
        }
    }

    private boolean done(Tx tx, Step step) {
        var startedBy = rows.lock(tx);
        if (startedBy.isPresent() && !rows.isDone(tx, step.name())) {
            step.run(tx, startedBy.get());
            rows.done(tx, step.name());
        }
        return startedBy.isPresent();
    }

    private boolean refused(CompanyId company, Step step, String why) {
        LOG.errorf("step %s refused: %s; runbook provisioning company_id=%s", step.name(), why, company);
        database.runAsCompany(company, tx -> {
            if (rows.lock(tx).isPresent()) {
                rows.fail(tx, step.name(), step.name() + ": " + why);
            }
        });
        return false;
    }
}
