package io.centurions.backoffice.deal;

import io.centurions.platform.tenancy.Tx;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the salesperson reads first: who the lead is, how it scored, and what it answered. */
final class Briefing {

    private static final String LEAD = """
            SELECT l.name, l.phone, l.email, l.source, c.currency,
                   (SELECT s.evidence::text
                      FROM core.lead_scores s
                     WHERE s.company_id = l.company_id AND s.lead_id = l.id
                     ORDER BY s.created_at DESC
                     LIMIT 1) AS evidence
              FROM core.leads l
              JOIN core.companies c ON c.id = l.company_id
             WHERE l.company_id = $1 AND l.id = $2
            """;

    private Briefing() {}

    /** Empty while the lead cannot be seen. */
    static Optional<JsonObject> of(Tx tx, UUID lead, int score) {
        return tx.first(LEAD, tx.company().value(), lead).map(row -> of(row, score));
    }

    private static JsonObject of(Row row, int score) {
        String evidence = row.getString("evidence");
        return write(row.getString("name"), row.getString("phone"), row.getString("email"), evidence, score)
                .put("source", row.getString("source"))
                .put("currency", row.getString("currency"));
    }

    static JsonObject write(String name, String phone, String email, String evidence, int score) {
        String title = name != null ? name : phone != null ? phone : email != null ? email : "Lead";
        Object known = evidence == null ? new JsonObject() : Json.decodeValue(evidence);
        List<String> lines = new ArrayList<>();
        lines.add("Lead qualificado com " + score + " de 100 pontos.");
        if (known instanceof JsonObject byCriterion) {
            byCriterion.forEach(
                    entry -> answer(entry.getValue()).ifPresent(answer -> lines.add(entry.getKey() + ": " + answer)));
        }
        return new JsonObject()
                .put("title", title.length() > 300 ? title.substring(0, 300) : title)
                .put("score", score)
                .put("summary", String.join("\n", lines))
                .put("evidence", known);
    }

    private static Optional<String> answer(Object criterion) {
        return criterion instanceof JsonObject evidence
                ? Optional.ofNullable(evidence.getString("answer")).filter(answer -> !answer.isBlank())
                : Optional.empty();
    }
}
