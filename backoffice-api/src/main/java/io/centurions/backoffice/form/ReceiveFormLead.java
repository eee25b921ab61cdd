package io.centurions.backoffice.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.UUID;

/**
 * Takes a lead from a public form. The lead, its conversation and the event that starts the first message are stored in
 * one statement; the same person again within a day is folded into the first.
 */
@ApplicationScoped
class ReceiveFormLead {

    private static final String FORM = "SELECT id, company_id, enabled FROM core.find_form_v1($1)";

    private static final String LOCALE = "SELECT locale FROM core.companies WHERE id = $1";

    private static final String RECEIVE = """
            WITH r AS MATERIALIZED (SELECT core.receive_form_lead_v1($1, $2::text::jsonb) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_backoffice_v1(r.out -> 'events') AS appended FROM r)
            SELECT r.out ->> 'outcome' AS outcome, (r.out ->> 'lead_id')::uuid AS lead,
                   coalesce((r.out ->> 'duplicate')::boolean, false) AS duplicate, s.appended
              FROM r, s
            """;

    private final Database database;
    private final FormRepository forms;
    private final Relay relay;
    private final Clock clock;

    ReceiveFormLead(Database database, FormRepository forms, Relay relay, Clock clock) {
        this.database = database;
        this.forms = forms;
        this.relay = relay;
        this.clock = clock;
    }

    /** What became of it. */
    record Taken(UUID lead, boolean duplicate) {}

    Taken receive(String key, JsonNode body, Visitor visitor) {
        var found = database.call(FORM, key);
        if (found.isEmpty() || !found.getFirst().getBoolean("enabled")) {
            throw Problem.notFound("form");
        }
        UUID form = found.getFirst().getUUID("id");
        ObjectNode lead = read(CompanyId.of(found.getFirst().getUUID("company_id")), form, body, visitor);
        var stored = database.call(RECEIVE, form, lead.toString()).getFirst();
        if ("unknown_form".equals(stored.getString("outcome"))) {
            throw Problem.notFound("form");
        }
        relay.wake();
        return new Taken(stored.getUUID("lead"), stored.getBoolean("duplicate"));
    }

    private ObjectNode read(CompanyId company, UUID form, JsonNode body, Visitor visitor) {
        return database.asCompany(company, tx -> {
            var fieldMap = forms.find(tx, form)
                    .orElseThrow(() -> Problem.notFound("form"))
                    .fieldMap();
            String locale = tx.first(LOCALE, company.value()).orElseThrow().getString("locale");
            ObjectNode lead = FormLead.of(body, fieldMap, locale, visitor, clock.instant());
            Trace trace = Trace.current();
            lead.putObject("trace")
                    .put("correlation_id", trace.correlationId().toString())
                    .put("traceparent", trace.traceparent());
            return lead;
        });
    }
}
