package io.centurions.backoffice;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Plans;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.cut.Cuts;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The holding's lists read across companies; a policy that asked who is reading would make each of them a
 * scan of everything.
 */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class HoldingListPlansIT {

    private static final int ROWS = 500_000;
    private static final int PAGE = 51;

    @Test
    void the_list_of_deals_walks_an_index_over_half_a_million_of_them() {
        String deals = """
                INSERT INTO core.deals_index (company_id, deal_id, core_lead_id, schema_name, title, status, stage, currency, created_at, updated_at)
                SELECT :company, gen_random_uuid(), gen_random_uuid(), 'empresa_x', 'Negócio', 'open', 'novo', 'BRL', now(), now()
                  FROM generate_series(1, %d) AS n
                """.formatted(ROWS);

        assertThat(planOf("/v1/deals", "core.deals_index", deals))
                .contains("Index Scan using deals_index_newest_idx")
                .doesNotContain("Seq Scan")
                .doesNotContain("Sort");
    }

    @Test
    void the_list_of_companies_walks_its_key_however_many_there_are() {
        String companies = """
                INSERT INTO core.companies (slug, name, schema_name, status)
                SELECT 'plano_' || n, 'Plano', 'empresa_plano_' || n, 'active' FROM generate_series(1, 100000) AS n
                """;

        assertThat(planOf("/v1/companies", "core.companies", companies))
                .contains("Index Scan Backward using companies_pkey")
                .doesNotContain("Seq Scan")
                .doesNotContain("Sort");
    }

    // The statement is the one that the service was seen to send.
    private static String planOf(String path, String table, String filling) {
        Cuts database = Cuts.at("database");
        database.forget();
        Api.owner().get(path).then().statusCode(200);
        List<String> lists = database.seen().stream()
                .filter(sql -> sql.contains("FROM " + table + " ") && sql.contains(" LIMIT $"))
                .toList();
        assertThat(lists).hasSize(1);
        return Plans.on(Admin.get()).ofStatement(lists.getFirst(), "backoffice_reader", PAGE, filling);
    }
}
