package io.centurions.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One company with many rows that no sweep can mend, all of them older, never keeps the row of another out of the window. */
class FairSweepTest {

    private static final String LEADS = """
            WITH l AS (
                INSERT INTO core.leads (company_id, source, stage, score, handoff_id, created_at, updated_at)
                SELECT :company, 'whatsapp', 'qualified', 80, gen_random_uuid(), t, t FROM rows RETURNING *),
            c AS (
                INSERT INTO core.conversations (company_id, lead_id, instance_id, channel, chat_ref)
                SELECT l.company_id, l.id, :instance, 'whatsapp', l.id::text FROM l)
            """;
    private static final String FORM = """
            WITH f AS (
                INSERT INTO core.lead_forms (company_id, key, name, instance_id)
                VALUES (:company, left(md5(:company::text), 20), 'Formulário', :instance)
                ON CONFLICT (key) DO UPDATE SET name = excluded.name RETURNING id)
            INSERT INTO core.form_submissions (id, company_id, form_id, lead_id, person, announced, created_at)
            SELECT gen_random_uuid(), l.company_id, f.id, l.id, 'phone:' || l.id, true, l.created_at
              FROM core.leads l, f WHERE l.company_id = :company
            """;
    private static final String CRM = """
            INSERT INTO core.company_crms (company_id, schema_name)
            SELECT id, schema_name FROM core.companies WHERE id = :company
            """;
    private static final String DEALS = """
            INSERT INTO core.deals_index (company_id, deal_id, core_lead_id, schema_name, title, status, stage, currency, first_won_at,
                                          created_at, updated_at)
            SELECT l.company_id, l.id, l.id, 'empresa_x', 'Negócio', 'open', 'novo', 'BRL', :won, l.created_at, l.created_at
              FROM core.leads l WHERE l.company_id = :company
            """;
    private static final String CONTRACTS = """
            INSERT INTO core.contracts (company_id, deal_id, lead_id, template_id, name, status, autentique_id, idempotency_key, request_hash,
                                        updated_at)
            SELECT l.company_id, l.id, l.id, gen_random_uuid(), 'Contrato', 'signed', l.id::text, l.id::text, '\\x00', l.created_at
              FROM core.leads l WHERE l.company_id = :company
            """;

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company hopeless = database.company();
    private final Company other = database.company();
    // A time of its own for each test: sweeps look at all companies.
    private final OffsetDateTime now =
            OffsetDateTime.parse("2031-01-01T12:00:00Z").plusHours(2L * TESTS.incrementAndGet());

    @ParameterizedTest
    @ValueSource(strings = {"ungreeted_form_leads_v1", "leads_without_deal_v1"})
    void of_leads(String sweep) {
        fill(hopeless, 5, 40, FORM, CRM);
        fill(other, 1, 10, FORM, CRM);

        assertThat(companies("SELECT company_id FROM core." + sweep + "(2, 'PT20S', 'PT1H', ?)"))
                .containsExactlyInAnyOrder(hopeless.id(), other.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"untold_signatures_v1", "signatures_without_win_v1"})
    void of_signatures(String sweep) {
        String open = DEALS.replace(":won", "NULL");
        fill(hopeless, 5, 40, open, CONTRACTS);
        fill(other, 1, 10, open, CONTRACTS);

        assertThat(companies("SELECT company_id FROM core." + sweep + "(2, 'PT20S', 'PT1H', ?)"))
                .containsExactlyInAnyOrder(hopeless.id(), other.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lead", "qualified", "won", "signed"})
    void of_facts_for_meta(String origin) {
        String won = DEALS.replace(":won", "l.created_at");
        fill(hopeless, 5, 40, won, CONTRACTS);
        fill(other, 1, 10, won, CONTRACTS);

        assertThat(companies(
                        "SELECT company_id FROM core.facts_without_conversion_v1(2, 'PT20S', 'PT1H', ?) WHERE origin = '"
                                + origin + "'"))
                .containsExactlyInAnyOrder(hopeless.id(), other.id());
    }

    private List<UUID> companies(String sql) {
        return database.admin(sql, now).stream()
                .map(row -> (UUID) row.get("company_id"))
                .toList();
    }

    /** Leads, the last of them so many minutes ago, and what hangs on them; without foreign keys and triggers. */
    private void fill(Company company, int leads, int minutesAgo, String... more) {
        database.admin(
                "UPDATE core.centurion_configs SET published = '{}', published_version = 1 WHERE company_id = ?",
                company.id());
        String rows =
                "WITH rows AS (SELECT '%s'::timestamptz - (%d + n) * interval '1 min' AS t FROM generate_series(1, %d) AS n),"
                        .formatted(now, minutesAgo, leads);
        var all = new StringBuilder("SET session_replication_role = replica; ")
                .append(LEADS.replaceFirst("WITH", rows))
                .append("SELECT 1;");
        for (String one : more) {
            all.append(one).append(';');
        }
        database.admin(all.toString()
                .replace(":company", "'" + company.id() + "'::uuid")
                .replace(":instance", "'" + company.whatsapp() + "'::uuid"));
    }
}
