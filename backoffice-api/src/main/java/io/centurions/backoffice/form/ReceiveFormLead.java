package io.centurions.backoffice.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Trace;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.UUID;

/**
 * Takes a lead from a public form. The lead, its conversation and the event that starts the first message are
 * stored in one statement; the same person again within a day is folded into the first.
 */
@ApplicationScoped
class ReceiveFormLead {

    private static final String RECEIVE = """
            WITH r AS MATERIALIZED (SELECT core.receive_form_lead_v1($1, $2::text::jsonb) AS out),
                 s AS MATERIALIZED (SELECT core.append_events_backoffice_v1(r.out -> 'events') AS appended FROM r)
            SELECT r.out ->> 'outcome' AS outcome, (r.out ->> 'submission_id')::uuid AS submission, s.appended
              FROM r, s
            """;

    // By the function that makes the ids of leads: one made here would be told apart.
    private static final String FRESH_ID = "SELECT core.uuid7() AS id";

    private final Database database;
    private final KnownForms forms;
    private final SenderLimit limit;
    private final Relay relay;
    private final Clock clock;

    ReceiveFormLead(Database database, KnownForms forms, SenderLimit limit, Relay relay, Clock clock) {
        this.database = database;
        this.forms = forms;
        this.limit = limit;
        this.relay = relay;
        this.clock = clock;
    }

    /**
     * Gives the submission's id. A robot that is caught hears what a lead would hear, of its mistakes too,
     * and nothing is stored.
     */
    UUID receive(String key, JsonNode body, Visitor visitor) {
        var form = forms.find(key, visitor.origin()).orElseThrow(() -> Problem.notFound("form"));
        if (!form.guard().admits(visitor.origin())) {
            throw Problem.forbidden("this site may not send by the form");
        }
        limit.check(form.id(), visitor.address(), form.guard().perMinute());
        ObjectNode lead = read(form, body, visitor);
        if (form.guard().caught(body)) {
            return database.call(FRESH_ID).getFirst().getUUID("id");
        }
        var stored = database.call(RECEIVE, form.id(), lead.toString()).getFirst();
        if ("unknown_form".equals(stored.getString("outcome"))) {
            throw Problem.notFound("form");
        }
        relay.wake();
        return stored.getUUID("submission");
    }

    private ObjectNode read(KnownForms.Known form, JsonNode body, Visitor visitor) {
        ObjectNode lead = FormLead.of(body, form.fieldMap(), form.locale(), visitor, clock.instant());
        var answers = FormAnswers.of(body, form.guard().fields());
        var wrong = new ArrayList<>(form.guard().missing(lead));
        wrong.addAll(answers.errors());
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        if (!answers.given().isEmpty()) {
            lead.withObjectProperty("attribution").set("answers", answers.given());
        }
        lead.set("consent", form.consent().beside(lead.path("consent")));
        Trace trace = Trace.current();
        lead.putObject("trace")
                .put("correlation_id", trace.correlationId().toString())
                .put("traceparent", trace.traceparent());
        return lead;
    }
}
