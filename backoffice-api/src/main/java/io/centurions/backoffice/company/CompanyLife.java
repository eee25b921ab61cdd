package io.centurions.backoffice.company;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.contracts.company.CompanyLifecycleChanged;
import io.centurions.contracts.company.CompanyLifecycleChanged.State;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Set;

/**
 * Stops a company, lets it go on, or ends it.
 *
 * <pre>
 * active ──suspend──▶ suspended ──resume──▶ active
 * active, suspended, failed ──archive──▶ archived
 * </pre>
 *
 * The status of the row is what every service obeys before it starts something. Suspended: no Centurion
 * answers, no bubble, contract or conversion goes out, and what leads write is stored; after resuming,
 * whoever still waits is answered. Archived: what comes for it is turned away, and what is there stays
 * readable. Each act repeated changes nothing.
 *
 * <p>What a company may become is decided here, also for an archived one: {@code Deed} lets these acts through,
 * and whoever resumes or suspends it hears {@code company-status}.
 */
@ApplicationScoped
class CompanyLife {

    private static final Set<String> CAN_BE_ARCHIVED = Set.of("active", "suspended", "failed");

    private final CompanyRepository companies;
    private final Outbox outbox;
    private final AuditLog audit;

    CompanyLife(CompanyRepository companies, Outbox outbox, AuditLog audit) {
        this.companies = companies;
        this.outbox = outbox;
        this.audit = audit;
    }

    CompanyView suspend(Tx tx, String reason) {
        return become(tx, Set.of("active"), "suspended", reason, State.SUSPENDED);
    }

    CompanyView resume(Tx tx) {
        return become(tx, Set.of("suspended"), "active", null, State.RESUMED);
    }

    CompanyView archive(Tx tx, String reason) {
        return become(tx, CAN_BE_ARCHIVED, "archived", reason, State.ARCHIVED);
    }

    /** As it stands, for the answer to a repeat. */
    CompanyView current(Tx tx) {
        return companies.find(tx, tx.company().value()).orElseThrow(() -> Problem.notFound("company"));
    }

    private CompanyView become(Tx tx, Set<String> from, String status, String reason, State told) {
        var before = companies.findForUpdate(tx).orElseThrow(() -> Problem.notFound("company"));
        if (before.status().equals(status)) {
            return before;
        }
        if (!from.contains(before.status())) {
            throw Problem.conflict(
                    "company-status", "a company that is " + before.status() + " cannot become " + status);
        }
        companies.become(tx, status, reason);
        var after = companies.find(tx, before.id()).orElseThrow();
        outbox.append(tx, new CompanyLifecycleChanged(tx.company(), told));
        audit.write(tx, "company." + told.name().toLowerCase(Locale.ROOT), before.id(), before, after);
        return after;
    }
}
