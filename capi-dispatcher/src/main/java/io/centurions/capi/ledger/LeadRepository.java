package io.centurions.capi.ledger;

import io.centurions.capi.identity.Person;
import io.centurions.capi.mapping.Click;
import io.centurions.capi.mapping.Lead;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadSource;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the conversation slice grants us to read of leads. */
@ApplicationScoped
public class LeadRepository {

    private static final String BY_ID = """
            SELECT lead_id, name, phone, email, source, (attribution)::text AS attribution, created_at
              FROM core.lead_attribution_v1
             WHERE company_id = $1 AND lead_id = ANY($2)
            """;

    private static final String UNTOLD = """
            SELECT lead_id FROM core.untold_leads WHERE company_id = $1 AND lead_id = ANY($2)
            """;

    private static final String KEEP_UNTOLD = """
            INSERT INTO core.untold_leads (company_id, lead_id) VALUES ($1, $2) ON CONFLICT DO NOTHING
            """;

    // A snapshot that is taken after the lock sees whatever the other side has committed.
    private static final String RECORDING = "SELECT 1 FROM pg_advisory_xact_lock_shared(hashtextextended($1::text, 0))";
    private static final String ERASING = "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended($1::text, 0))";

    /** Keeps an erasure of this person waiting until the transaction has ended; facts do not wait for each other. */
    public void recordingOf(Tx tx, LeadId lead) {
        tx.query(RECORDING, lock(tx, lead));
    }

    /**
     * Remembers that this person is erased; what is recorded later is not told. What is being recorded is waited for, so
     * that after this call the transaction sees all that there is to end.
     */
    public void keepUntold(Tx tx, LeadId lead) {
        tx.query(ERASING, lock(tx, lead));
        tx.execute(KEEP_UNTOLD, tx.company().value(), lead.value());
    }

    private static String lock(Tx tx, LeadId lead) {
        return "told " + tx.company().value() + " " + lead.value();
    }

    /** Those of the leads that are erased people. */
    public Set<LeadId> untold(Tx tx, Collection<LeadId> leads) {
        UUID[] ids = leads.stream().map(LeadId::value).distinct().toArray(UUID[]::new);
        return tx.query(UNTOLD, tx.company().value(), ids).stream()
                .map(row -> LeadId.of(row.getUUID("lead_id")))
                .collect(Collectors.toSet());
    }

    /** The lead; empty where it does not exist (any more). */
    public Optional<Lead> find(Tx tx, LeadId lead) {
        return Optional.ofNullable(find(tx, List.of(lead)).get(lead));
    }

    /** Those of the leads that exist. */
    public Map<LeadId, Lead> find(Tx tx, Collection<LeadId> leads) {
        UUID[] ids = leads.stream().map(LeadId::value).distinct().toArray(UUID[]::new);
        return tx.query(BY_ID, tx.company().value(), ids).stream()
                .map(LeadRepository::lead)
                .collect(Collectors.toMap(Lead::id, Function.identity()));
    }

    private static Lead lead(Row row) {
        return new Lead(
                LeadId.of(row.getUUID("lead_id")),
                source(row.getString("source")),
                new Person(row.getString("name"), row.getString("phone"), row.getString("email")),
                click(row.getString("attribution")),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static LeadSource source(String code) {
        String name = code.toUpperCase(Locale.ROOT);
        return Stream.of(LeadSource.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(LeadSource.OTHER);
    }

    private static Click click(String attribution) {
        if (attribution == null) {
            return Click.none();
        }
        var json = new JsonObject(attribution);
        return new Click(
                text(json, "ctwa_clid"),
                text(json, "fbclid"),
                text(json, "fbc"),
                text(json, "fbp"),
                text(json, "page_url"),
                text(json, "client_ip"),
                text(json, "user_agent"));
    }

    private static String text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text && !text.isBlank() ? text.strip() : null;
    }
}
