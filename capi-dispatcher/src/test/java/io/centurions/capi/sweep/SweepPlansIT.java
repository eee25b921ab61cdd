package io.centurions.capi.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Plans;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A sweep runs every ten seconds, so it must cost nothing when it finds nothing, however much there is. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class SweepPlansIT {

    private static final Map<String, String> WINDOW =
            Map.of("p_limit", "100", "p_age", "interval '20 s'", "p_back", "interval '1 h'", "p_now", "now()");

    private static final String LEADS = """
            INSERT INTO core.leads (company_id, source, stage, score, handoff_id, created_at, updated_at)
            SELECT :company, 'whatsapp', 'qualified', 80, gen_random_uuid(), now() - n * interval '1 min', now() - n * interval '1 min'
              FROM generate_series(1, 100000) AS n
            """;
    private static final String DEALS = """
            INSERT INTO core.deals_index (company_id, deal_id, core_lead_id, schema_name, title, status, stage, currency, first_won_at,
                                          created_at, updated_at)
            SELECT :company, gen_random_uuid(), gen_random_uuid(), 'empresa_x', 'Negócio', 'won', 'novo', 'BRL',
                   now() - n * interval '1 min', now() - n * interval '1 min', now() - n * interval '1 min'
              FROM generate_series(1, 100000) AS n
            """;
    private static final String CONTRACTS = """
            INSERT INTO core.contracts (company_id, deal_id, lead_id, template_id, name, status, autentique_id, idempotency_key,
                                        request_hash, updated_at)
            SELECT :company, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'Contrato', 'signed', 'd' || n, 'k' || n, '\\x00',
                   now() - n * interval '1 min'
              FROM generate_series(1, 100000) AS n
            """;
    private static final String CONVERSIONS = """
            INSERT INTO core.marketing_events (company_id, milestone, lead_id, event_name, dataset_id, event_id, action_source, fact_at,
                                               status, correlation_id)
            SELECT :company, 'lead', gen_random_uuid(), 'Lead', 'd', gen_random_uuid(), 'website', now(), 'sent', gen_random_uuid()
              FROM generate_series(1, 100000) AS n
            """;

    @Test
    void facts_without_a_conversion_are_found_by_their_time() {
        assertThat(Plans.on(Admin.get())
                        .of("facts_without_conversion_v1", WINDOW, LEADS, DEALS, CONTRACTS, CONVERSIONS))
                .contains("leads_newest_idx", "leads_qualified_idx", "deals_index_won_idx", "contracts_signed_idx")
                .contains("marketing_events_lead_idx")
                .doesNotContain("Seq Scan on leads")
                .doesNotContain("Seq Scan on deals_index")
                .doesNotContain("Seq Scan on contracts")
                .doesNotContain("Seq Scan on marketing_events");
    }

    @Test
    void overdue_conversions_are_found_among_the_pending_ones() {
        assertThat(Plans.on(Admin.get()).of("count_overdue_conversions_v1", WINDOW, CONVERSIONS))
                .contains("marketing_events_due_idx")
                .doesNotContain("Seq Scan on marketing_events");
    }
}
