package io.centurions.backoffice.audit;

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
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Five years of a busy company's trail, looked through for one thing. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class AuditPlansIT {

    private static final int PAGE = 51;

    private static final String TRAIL = """
            INSERT INTO core.audit_log (company_id, actor, actor_role, action, target)
            SELECT :company, 'ana', 'company_admin', 'pixel.change', gen_random_uuid() FROM generate_series(1, 100000) AS n
            """;

    @Test
    void the_history_of_one_thing_is_found_by_its_index() {
        var company = Api.aCompany("rastro");
        Cuts database = Cuts.at("database");
        database.forget();
        Api.owner().get(company.path() + "/audit?target=" + company.id()).then().statusCode(200);

        List<String> searches = database.seen().stream()
                .filter(sql -> sql.contains("FROM core.audit_log") && sql.contains(" LIMIT $"))
                .toList();
        assertThat(searches).hasSize(1);
        String plan = Plans.on(Admin.get())
                .ofStatement(
                        searches.getFirst(), "backoffice_app", PAGE, Map.of(3, "'" + UUID.randomUUID() + "'"), TRAIL);

        assertThat(plan)
                .contains("audit_log_target_idx")
                .doesNotContain("Seq Scan")
                .doesNotContain("Sort");
    }
}
