package io.centurions.backoffice.centurion;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.centurions.backoffice.audit.AuditLog;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.tenancy.Person;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/**
 * The Centurion of a new company: a draft in its name and language that lacks what only people know, above
 * all the criteria, so that it cannot be published by mistake. Nothing is drafted where there is a
 * Centurion already.
 */
@ApplicationScoped
public class FirstDraft {

    private static final String NAME = "Centurion";

    private static final String PROMPT = """
            Você atende os leads da empresa %s. Responda como uma pessoa simpática no WhatsApp: mensagens curtas, sem formalidade, uma
            pergunta por vez. Descubra o que o lead procura. Não invente preços, prazos nem resultados; o que não souber, diga que a
            equipe confirma.
            """;

    private static final String COMPANY = "SELECT name, locale FROM core.companies WHERE id = $1";

    private final CenturionRepository centurions;
    private final AuditLog audit;
    private final ObjectMapper json;

    FirstDraft(CenturionRepository centurions, AuditLog audit, ObjectMapper json) {
        this.centurions = centurions;
        this.audit = audit;
        this.json = json;
    }

    /** In the transaction of the company, in the name of whoever asked for it. */
    public void draft(Tx tx, Person by) {
        if (!centurions.page(tx, null, 1).isEmpty()) {
            return;
        }
        UUID id = Uuid7.next();
        centurions.insert(tx, id, NAME, config(tx));
        audit.writeAs(
                tx, by, "centurion.create", id, null, centurions.find(tx, id).orElseThrow());
    }

    // Read as a person's draft would be: what is left out gets its default there.
    private CenturionConfig config(Tx tx) {
        var company = tx.first(COMPANY, tx.company().value()).orElseThrow();
        String prompt =
                PROMPT.formatted(company.getString("name")).replace('\n', ' ').strip();
        return json.convertValue(
                Map.of("prompt", prompt, "language", company.getString("locale")), CenturionConfig.class);
    }
}
