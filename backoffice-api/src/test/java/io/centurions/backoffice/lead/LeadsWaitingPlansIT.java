package io.centurions.backoffice.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Plans;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.cut.Cuts;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class LeadsWaitingPlansIT {

    private static final int PAGE = 51;
    private static final String COMPANY = "'0198c0de-0000-7000-8000-00000000aaaa'";

    private static final String LEADS = """
            INSERT INTO core.leads (company_id, source, over_plan_at)
            SELECT %s, 'form', CASE WHEN n %% 2000 = 0 THEN now() END FROM generate_series(1, 100000) AS n
            """.formatted(COMPANY);

    private static final String CONVERSATIONS = """
            INSERT INTO core.conversations (company_id, lead_id, instance_id, channel, chat_ref, held_for)
            SELECT %s, gen_random_uuid(), gen_random_uuid(), 'telegram', n::text, CASE WHEN n %% 2000 = 0 THEN 'modelSpend' END
              FROM generate_series(1, 100000) AS n
            """.formatted(COMPANY);

    @Test
    void whoever_waits_is_found_among_all_leads_and_conversations_by_indexes() {
        var company = Api.aCompany("espera");
        Cuts database = Cuts.at("database");
        database.forget();
        Api.owner().get(company.path() + "/leads?overPlan=true").then().statusCode(200);

        List<String> lists = database.seen().stream()
                .filter(sql -> sql.contains("FROM core.leads") && sql.contains(" LIMIT $"))
                .toList();
        assertThat(lists).hasSize(1);
        String plan = Plans.on(Admin.get())
                .ofStatement(lists.getFirst(), "backoffice_app", PAGE, Map.of(1, COMPANY), LEADS, CONVERSATIONS);

        assertThat(plan)
                .contains("leads_over_plan_idx", "conversations_held_idx")
                .doesNotContain("Seq Scan");
    }
}
