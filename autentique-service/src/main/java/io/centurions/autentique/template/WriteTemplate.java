package io.centurions.autentique.template;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Writes the next version of a template. The same text again is the version that is there already, so that a caller may
 * repeat itself.
 */
@ApplicationScoped
class WriteTemplate {

    private final Database database;
    private final TemplateRepository templates;

    WriteTemplate(Database database, TemplateRepository templates) {
        this.database = database;
        this.templates = templates;
    }

    /**
     * @param declared names the caller believes the text has; empty means whatever the text has
     * @throws Problem 422 when the text has broken braces or other fields than declared, 404 for an unknown company
     */
    Written write(CompanyId company, String name, String body, List<String> declared) {
        if (Placeholders.broken(body)) {
            throw Problem.unprocessable("template-broken", "The text has {{ or }} that make no field.");
        }
        List<String> fields = Placeholders.in(body);
        if (!declared.isEmpty() && !(fields.containsAll(declared) && declared.containsAll(fields))) {
            throw Problem.unprocessable("template-fields-differ", "The text has the fields " + fields + ".");
        }
        return database.asCompany(company, tx -> {
            requireCompany(tx);
            return next(tx, name, body, fields);
        });
    }

    private Written next(Tx tx, String name, String body, List<String> fields) {
        Optional<Template> latest = templates.latest(tx, name);
        if (latest.isPresent() && latest.get().body().equals(body)) {
            return new Written(latest.get(), false);
        }
        int version = latest.map(Template::version).orElse(0) + 1;
        Template template = templates
                .insert(tx, name, version, body, fields)
                .orElseThrow(
                        () -> Problem.conflict("template-changed", "Somebody else has just written this template."));
        return new Written(template, true);
    }

    private static void requireCompany(Tx tx) {
        tx.first("SELECT id FROM core.companies WHERE id = $1", tx.company().value())
                .orElseThrow(() -> Problem.notFound("company"));
    }

    /** @param fresh whether this call wrote it */
    record Written(Template template, boolean fresh) {}
}
