package io.centurions.backoffice.isolation;

import io.centurions.backoffice.deal.HandOverLead;
import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Makes the canaries where they are missing, whole. They are suspended, so that nothing works for them, and
 * marked, so that no list of the holding shows them. Their one deal is made as every deal is, of a lead that
 * counts nowhere; but for its {@code deal.created} nobody is told of them. Each step may be repeated, also by
 * several at once: no insert names a key, as two would meet at the one that was not named.
 */
@ApplicationScoped
class Canaries {

    private static final String COMPANY = """
            INSERT INTO core.companies (id, slug, name, schema_name, status, status_reason, canary)
            VALUES ($1, $2, $3, $4, 'suspended', 'isolation probe', true)
            ON CONFLICT DO NOTHING
            """;

    private static final String HAS_SCHEMA = "SELECT 1 FROM core.company_crms WHERE company_id = $1";

    private static final String MAKE_SCHEMA = "SELECT schema_name FROM core.provision_company_v1($1)";

    private static final String CENTURION = """
            INSERT INTO core.centurion_configs (company_id, id, name, draft) VALUES ($1, $2, $3, '{}')
            ON CONFLICT DO NOTHING
            """;

    // Of a channel that nobody polls, without an address or a token.
    private static final String INSTANCE = """
            INSERT INTO core.channel_instances (company_id, id, centurion_id, channel, name)
            VALUES ($1, $2, $3, 'instagram', $4)
            ON CONFLICT DO NOTHING
            """;

    private static final String SERVICE = """
            INSERT INTO "%s".services (company_id, id, name, active) VALUES ($1, $2, $3, false)
            ON CONFLICT DO NOTHING
            """;

    private static final String MEMBER = """
            INSERT INTO "%s".team_members (company_id, id, name, active) VALUES ($1, $2, $3, false)
            ON CONFLICT DO NOTHING
            """;

    // What the hand-off asks as well, by the same key.
    private static final String HAS_DEAL = """
            SELECT 1 FROM "%s".deals WHERE company_id = $1 AND core_lead_id = $2 AND handoff_id = $3
            """;

    private static final String LEAD = "SELECT core.plant_canary_lead_v1($1, $2, $3)";

    // Its object is put into the storage by whoever attacks it.
    private static final String FILE = """
            INSERT INTO core.files (company_id, id, state, name, purpose, type, bytes, sha256)
            SELECT $1::uuid, $2::uuid, 'kept', 'canary.txt', 'canary', 'text/plain', length(w.word), sha256(w.word)
              FROM (SELECT convert_to($3::text, 'UTF8') AS word) w
            ON CONFLICT DO NOTHING
            """;

    private static final String PERSON = """
            INSERT INTO core.company_users (company_id, id, subject, email, name, role, status)
            VALUES ($1, $2, $3, $4, $5, 'crm_user', 'active')
            ON CONFLICT DO NOTHING
            """;

    private final Database database;
    private final HandOverLead handOver;

    Canaries(Database database, HandOverLead handOver) {
        this.database = database;
        this.handOver = handOver;
    }

    void make(Canary canary) {
        boolean schema = database.asCompany(canary.company(), tx -> {
            tx.execute(COMPANY, canary.company().value(), canary.slug(), canary.slug(), canary.schema());
            return tx.first(HAS_SCHEMA, canary.company().value()).isPresent();
        });
        if (!schema) {
            database.call(MAKE_SCHEMA, canary.company().value());
        }
        database.runAsCompany(canary.company(), tx -> {
            rows(tx, canary);
            if (!hasDeal(tx, canary)) {
                makeDeal(tx, canary);
            }
        });
    }

    private static void rows(Tx tx, Canary canary) {
        var company = canary.company().value();
        tx.execute(CENTURION, company, canary.centurion(), canary.word());
        tx.execute(INSTANCE, company, canary.instance(), canary.centurion(), canary.word());
        tx.execute(FILE, company, canary.file(), canary.word());
        tx.execute(PERSON, company, canary.person(), canary.slug(), canary.email(), canary.word());
        tx.execute(SERVICE.formatted(canary.schema()), company, canary.service(), canary.word());
        tx.execute(MEMBER.formatted(canary.schema()), company, canary.member(), canary.word());
    }

    private static boolean hasDeal(Tx tx, Canary canary) {
        return tx.first(HAS_DEAL.formatted(canary.schema()), canary.company().value(), canary.lead(), canary.handoff())
                .isPresent();
    }

    private void makeDeal(Tx tx, Canary canary) {
        tx.query(LEAD, canary.company().value(), canary.lead(), canary.word());
        handOver.handOver(tx, new HandOverLead.Qualified(LeadId.of(canary.lead()), HandoffId.of(canary.handoff()), 0));
    }
}
