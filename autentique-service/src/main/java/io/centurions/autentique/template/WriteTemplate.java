package io.centurions.autentique.template;

import io.centurions.contracts.Uuid7;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the next version of a template. The latest text again is the version that is there already, and so
 * is an id that was written before: a caller may repeat itself, even after another text.
 */
@ApplicationScoped
class WriteTemplate {

    private final Database database;
    private final TemplateRepository templates;

    WriteTemplate(Database database, TemplateRepository templates) {
        this.database = database;
        this.templates = templates;
    }

    /** @param id that the version gets; null: any */
    record Wanted(UUID id, String name, String body) {

        boolean is(Template template) {
            return name.equals(template.name()) && body.equals(template.body());
        }
    }

    /**
     * @param declared names the caller believes the text has; empty means whatever the text has
     * @throws Problem 422 when the text has broken braces or other fields than declared, 404 for an unknown
     *     company, 409 when the id is of another text or somebody else is writing this template
     */
    Written write(CompanyId company, Wanted wanted, List<String> declared) {
        String body = wanted.body();
        if (Placeholders.broken(body)) {
            throw Problem.unprocessable("template-broken", "The text has {{ or }} that make no field.");
        }
        List<String> fields = Placeholders.in(body);
        if (!declared.isEmpty() && !(fields.containsAll(declared) && declared.containsAll(fields))) {
            throw Problem.unprocessable("template-fields-differ", "The text has the fields " + fields + ".");
        }
        return database.asCompany(company, tx -> {
            requireCompany(tx);
            return ofId(tx, wanted)
                    .or(() -> next(tx, wanted, fields))
                    // Whoever came first has committed by now: it may have been the same request.
                    .or(() -> ofId(tx, wanted))
                    .or(() -> ofText(templates.latest(tx, wanted.name()), wanted))
                    .orElseThrow(() ->
                            Problem.conflict("template-changed", "Somebody else has just written this template."));
        });
    }

    private Optional<Written> ofId(Tx tx, Wanted wanted) {
        Optional<Template> known = Optional.ofNullable(wanted.id()).flatMap(id -> templates.find(tx, id));
        if (known.isPresent() && !wanted.is(known.get())) {
            throw Problem.conflict("idempotency-key-reused", "This id is of a template with another text.");
        }
        return known.map(template -> new Written(template, false));
    }

    private static Optional<Written> ofText(Optional<Template> latest, Wanted wanted) {
        return latest.filter(wanted::is).map(template -> new Written(template, false));
    }

    // Looked at once: the version that follows is of the text that it was compared with.
    private Optional<Written> next(Tx tx, Wanted wanted, List<String> fields) {
        Optional<Template> latest = templates.latest(tx, wanted.name());
        int version = latest.map(Template::version).orElse(0) + 1;
        UUID id = wanted.id() == null ? Uuid7.next() : wanted.id();
        return ofText(latest, wanted)
                .or(() -> templates
                        .insert(tx, new Template(id, wanted.name(), version, wanted.body(), fields))
                        .map(template -> new Written(template, true)));
    }

    private static void requireCompany(Tx tx) {
        tx.first("SELECT id FROM core.companies WHERE id = $1", tx.company().value())
                .orElseThrow(() -> Problem.notFound("company"));
    }

    /** @param fresh whether this call wrote it */
    record Written(Template template, boolean fresh) {}
}
