package io.centurions.backoffice.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Person;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.platform.testkit.cut.Cuts;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A canary's deal is made like any other, of a lead that counts nowhere. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class CanariesIT {

    private static final UUID CANARY = Canary.ONE.company().value();

    private static final List<String> MADE_ONCE = List.of(
            "empresa_canary_one.activities",
            "empresa_canary_one.deals",
            "empresa_canary_one.services",
            "empresa_canary_one.team_members",
            "core.deals_index WHERE schema_name = 'empresa_canary_one'",
            "core.leads WHERE company_id = '" + CANARY + "'",
            "core.channel_instances WHERE company_id = '" + CANARY + "'",
            "core.centurion_configs WHERE company_id = '" + CANARY + "'",
            "core.files WHERE company_id = '" + CANARY + "'",
            "core.company_users WHERE company_id = '" + CANARY + "'");

    // A company of the probe that stands in the way of a migration is shown there on purpose.
    private static final String SEEN_BY_THE_HOLDING = """
            SELECT format('SELECT %L AS what WHERE EXISTS (SELECT FROM core.%I t WHERE t.company_id = $1)', c.relname, c.relname) AS question
              FROM pg_class c
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'company_id' AND NOT a.attisdropped
             WHERE c.relnamespace = 'core'::regnamespace AND c.relkind IN ('r', 'p', 'v')
               AND has_table_privilege(c.oid, 'SELECT') AND c.relname <> 'company_migrations'
            """;

    @Inject
    Canaries canaries;

    @Inject
    Database database;

    @BeforeEach
    void made() {
        canaries.make(Canary.ONE);
    }

    @Test
    void its_deal_is_of_its_lead_mirrored_and_announced_as_every_deal_is() {
        var deal = Admin.get().queryOne("SELECT id, core_lead_id, handoff_id FROM empresa_canary_one.deals");

        assertThat(deal)
                .containsEntry("core_lead_id", Canary.ONE.lead())
                .containsEntry("handoff_id", Canary.ONE.handoff());
        assertThat(Admin.get().queryOne("SELECT id FROM core.leads WHERE company_id = ?", CANARY))
                .containsEntry("id", Canary.ONE.lead());
        assertThat(Admin.get().queryOne("SELECT deal_id FROM core.deals_index WHERE company_id = ?", CANARY))
                .containsEntry("deal_id", deal.get("id"));
        assertThat(Admin.get().query("""
                        SELECT subject FROM core.outbox_backoffice WHERE company_id = ? AND type = 'deal.created'
                         ORDER BY position DESC LIMIT 1""", CANARY))
                .extracting(row -> row.get("subject"))
                .containsExactly(deal.get("id"));
    }

    @Test
    void a_canary_that_has_its_deal_is_given_nothing_more_even_where_the_deal_has_no_activity() {
        var activity = Admin.get().queryOne("SELECT id, deal_id FROM empresa_canary_one.activities");
        Admin.get().execute("DELETE FROM empresa_canary_one.activities");
        Cuts.at("database").forget();
        try {
            canaries.make(Canary.ONE);
        } finally {
            Admin.get()
                    .execute(
                            "INSERT INTO empresa_canary_one.activities (id, deal_id, kind, title) VALUES (?, ?, 'handoff', 'x')",
                            activity.get("id"),
                            activity.get("deal_id"));
        }

        assertThat(Cuts.at("database").seen())
                .anyMatch(sql -> sql.contains("FROM \"empresa_canary_one\".deals"))
                .noneMatch(sql -> sql.contains("plant_canary_lead") || sql.contains("fn_receive_lead"));
    }

    @Test
    void many_who_make_the_same_canary_at_once_make_one_deal() throws Exception {
        Callable<Void> making = () -> {
            canaries.make(Canary.ONE);
            return null;
        };

        try (var makers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                for (String rows : MADE_ONCE) {
                    Admin.get().execute("DELETE FROM " + rows);
                }
                for (var made : makers.invokeAll(Collections.nCopies(6, making))) {
                    made.get();
                }
            }
        }

        for (String rows : MADE_ONCE) {
            assertThat(Admin.get().count("SELECT count(*) FROM " + rows))
                    .as(rows)
                    .isOne();
        }
        Api.owner().get("/v1/deals").then().statusCode(200).body("items.companyId", not(hasItem(CANARY.toString())));
    }

    @Test
    void its_lead_takes_no_place_in_a_plan_and_no_sweep_finds_it() {
        assertThat(Admin.get().count("SELECT count(*) FROM core.usage_months WHERE company_id = ?", CANARY))
                .isZero();
        assertThat(Admin.get().query("""
                        SELECT 'conversion' FROM core.facts_without_conversion_v1(100000, '0 s', '100 years', clock_timestamp() + '1 s')
                         WHERE company_id = ?
                         UNION ALL
                        SELECT 'deal' FROM core.leads_without_deal_v1(100000, '0 s', '100 years', clock_timestamp() + '1 s')
                         WHERE company_id = ?""", CANARY, CANARY)).isEmpty();
    }

    @Test
    void the_holdings_people_see_no_row_of_it_in_any_table_that_they_read_across_companies() {
        Api.Made real = Api.aCompany("verdadeira");
        Api.aLead(real, "Maria");

        assertThat(seenByTheHolding(real.id())).contains("leads");
        assertThat(seenByTheHolding(CANARY)).isEmpty();
    }

    @Test
    void a_company_that_is_not_of_the_probe_is_given_no_lead() {
        UUID real = Api.aCompany("verdadeira").id();

        assertThatThrownBy(
                        () -> database.call("SELECT core.plant_canary_lead_v1($1, $2, 'x')", real, UUID.randomUUID()))
                .hasMessageContaining("is none of the probe");
        assertThat(Admin.get().count("SELECT count(*) FROM core.leads WHERE company_id = ?", real))
                .isZero();
    }

    private List<String> seenByTheHolding(UUID company) {
        return database.asReader(new Person("owner", "super_admin"), tx -> {
            String all = tx.query(SEEN_BY_THE_HOLDING).stream()
                    .map(row -> row.getString("question"))
                    .collect(Collectors.joining(" UNION ALL "));
            return tx.query(all, company).stream()
                    .map(row -> row.getString("what"))
                    .toList();
        });
    }
}
