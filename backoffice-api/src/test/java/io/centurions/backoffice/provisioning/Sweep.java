package io.centurions.backoffice.provisioning;

import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.testkit.Admin;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/**
 * The sweep of half-made companies, run when a test means it to run, on companies that have stood still
 * for long.
 */
@ApplicationScoped
class Sweep {

    private final OwnedJob job;

    Sweep(@All List<OwnedJob> jobs) {
        this.job = jobs.stream()
                .filter(each -> each.name().equals("sweep-companies"))
                .findFirst()
                .orElseThrow();
    }

    void run() {
        job.run(() -> true);
    }

    /** As if everything about the company had happened an hour ago. */
    static void standStill(UUID company) {
        Admin.get().execute("UPDATE core.companies SET updated_at = updated_at - interval '1 h' WHERE id = ?", company);
        Admin.get()
                .execute(
                        "UPDATE core.company_provisioning_steps SET updated_at = updated_at - interval '1 h' WHERE company_id = ?",
                        company);
    }
}
