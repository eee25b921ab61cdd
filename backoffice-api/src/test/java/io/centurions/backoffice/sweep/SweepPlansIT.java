package io.centurions.backoffice.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.WithNeighbours;
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
@WithNeighbours
class SweepPlansIT {

    private static final Map<String, String> WINDOW =
            Map.of("p_limit", "100", "p_age", "interval '20 s'", "p_back", "interval '1 h'", "p_now", "now()");

    private static final String DEALS = """
            INSERT INTO core.deals_index (company_id, deal_id, core_lead_id, schema_name, title, status, stage, currency, created_at, updated_at)
            SELECT :company, gen_random_uuid(), gen_random_uuid(), 'empresa_x', 'Negócio', 'open', 'novo', 'BRL', now(), now()
              FROM generate_series(1, 100000) AS n
            """;

    @Test
    void leads_without_a_deal_are_found_by_the_time_of_their_qualification() {
        String leads = """
                INSERT INTO core.leads (company_id, source, stage, score, handoff_id, updated_at)
                SELECT :company, 'whatsapp', 'qualified', 80, gen_random_uuid(), now() - n * interval '1 min'
                  FROM generate_series(1, 100000) AS n
                """;
        String crm = "INSERT INTO core.company_crms (company_id, schema_name) SELECT :company, 'empresa_plano_xx'";

        assertThat(Plans.on(Admin.get()).of("leads_without_deal_v1", WINDOW, leads, DEALS, crm))
                .contains("leads_qualified_idx", "deals_index_lead_idx")
                .doesNotContain("Seq Scan on leads")
                .doesNotContain("Seq Scan on deals_index");
    }

    @Test
    void signatures_without_a_win_are_found_by_the_time_of_the_signature() {
        String contracts = """
                INSERT INTO core.contracts (company_id, deal_id, lead_id, template_id, name, status, autentique_id, idempotency_key,
                                            request_hash, updated_at)
                SELECT :company, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'Contrato', 'signed', 'd' || n, 'k' || n, '\\x00',
                       now() - n * interval '1 min'
                  FROM generate_series(1, 100000) AS n
                """;

        assertThat(Plans.on(Admin.get()).of("signatures_without_win_v1", WINDOW, contracts, DEALS))
                .contains("contracts_signed_idx")
                .doesNotContain("Seq Scan on contracts")
                .doesNotContain("Seq Scan on deals_index");
    }

    @Test
    void files_that_broke_off_are_found_among_all_that_are_kept() {
        Map<String, String> ages = Map.of(
                "p_limit", "100", "p_arriving", "interval '1 h'", "p_leaving", "interval '2 min'", "p_now", "now()");
        String files = """
                INSERT INTO core.files (company_id, state, name, purpose, type, bytes, sha256, updated_at)
                SELECT :company, CASE WHEN n % 10000 = 0 THEN 'leaving' ELSE 'kept' END, 'x', 'other', 'image/png', 1,
                       sha256(n::text::bytea), now() - n * interval '1 min'
                  FROM generate_series(1, 100000) AS n
                """;

        assertThat(Plans.on(Admin.get()).of("files_unsettled_v1", ages, files))
                .contains("files_unsettled_idx")
                .doesNotContain("Seq Scan on files");
    }
}
