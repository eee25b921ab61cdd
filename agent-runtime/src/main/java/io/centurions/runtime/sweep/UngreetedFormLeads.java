package io.centurions.runtime.sweep;

import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.LookBack;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import io.centurions.runtime.greet.GreetFormLead;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Leads who left a form and whom nobody has written to, because {@code lead.created} was lost. Greeted as by the event, whose id
 * is the submission's: whoever comes second finds the turn in the books.
 */
@ApplicationScoped
class UngreetedFormLeads implements OwnedJob {

    private static final int FOUND_MOST = 200;
    private static final int AT_ONCE = 32;
    private static final Duration USUAL = Duration.ofHours(1);
    private static final String UNGREETED =
            "SELECT * FROM core.ungreeted_form_leads_v1($1, $2::text::interval, $3::text::interval)";

    private final Database database;
    private final Sweeper sweeper;
    private final GreetFormLead greet;
    private final SweepConfig config;
    private final LookBack back;

    UngreetedFormLeads(Database database, Sweeper sweeper, GreetFormLead greet, SweepConfig config) {
        this.database = database;
        this.sweeper = sweeper;
        this.greet = greet;
        this.config = config;
        this.back = new LookBack(USUAL, config.greetWithin());
    }

    @Override
    public String name() {
        return "sweep-form-leads";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        // A model that thinks longer than that is asked twice; only one of the answers is said.
        var found = database.call(UNGREETED, FOUND_MOST, config.age().toString(), back.next());
        sweeper.mend(lease, "ungreeted-form-leads", found, AT_ONCE, this::greet);
    }

    private void greet(Row row) {
        greet.greet(
                CompanyId.of(row.getUUID("company_id")),
                EventId.of(row.getUUID("submission_id")),
                LeadId.of(row.getUUID("lead_id")),
                ConversationId.of(row.getUUID("conversation_id")));
    }
}
