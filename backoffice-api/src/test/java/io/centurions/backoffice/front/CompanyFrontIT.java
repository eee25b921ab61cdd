package io.centurions.backoffice.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a company's own front may do in the database, and that it ends at the walls of its schema. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class CompanyFrontIT {

    private static final List<String> TABLES =
            List.of("pipeline_stages", "team_members", "services", "deals", "activities");
    private static final String FORBIDDEN = "42501";
    private static final String CHECK = "23514";
    private static final String MALFORMED = "22P02";
    private static final String NO_SUCH_LEAD = "23503";

    private Api.Made company;
    private Api.Made other;
    private PostgRest front;
    private UUID lead;
    private UUID theirLead;

    @BeforeEach
    void two_companies_each_with_a_deal() throws SQLException {
        company = Api.aCompany("frente");
        other = Api.aCompany("vizinha");
        front = PostgRest.of(company.id(), company.schema());
        lead = Api.aLead(company, "Nossa");
        theirLead = Api.aLead(other, "Deles");
        newDeal(front, lead, "Nosso");
        newDeal(PostgRest.of(other.id(), other.schema()), theirLead, "Deles");
    }

    @Test
    void it_works_on_its_own_schema_without_naming_it() throws SQLException {
        front.request("INSERT INTO team_members (name) VALUES ('Ana')");
        front.request("INSERT INTO services (name, value_cents) VALUES ('Plano', 10000)");

        assertThat(front.request("SELECT name FROM team_members")).containsExactly("Ana");
        assertThat(front.request("SELECT title FROM deals")).containsExactly("Nosso");
        assertThat(front.request("UPDATE deals SET title = 'Nosso mesmo'")).containsExactly(1);
        assertThat(front.request("SELECT count(*) FROM pipeline_stages")).containsExactly(5L);
    }

    @Test
    void another_companys_schema_looks_empty_to_it_and_takes_nothing() throws SQLException {
        for (String table : TABLES) {
            String theirs = other.schema() + "." + table;

            assertThat(front.request("SELECT 1 FROM " + theirs)).as(table).isEmpty();
            assertThat(front.request("UPDATE " + theirs + " SET id = id"))
                    .as(table)
                    .containsExactly(0);
        }
        String insert = "INSERT INTO " + other.schema() + ".team_members (company_id, name) VALUES ('%s', 'Eva')";
        assertThat(front.refusal(insert.formatted(other.id())))
                .as("as the other company")
                .isEqualTo(FORBIDDEN);
        assertThat(front.refusal(insert.formatted(company.id())))
                .as("its own row in the other's schema")
                .isEqualTo(CHECK);
        assertThat(front.refusal("UPDATE team_members SET company_id = '" + other.id() + "'"))
                .isEqualTo("");
        front.request("INSERT INTO team_members (name) VALUES ('Ana')");
        assertThat(front.refusal("UPDATE team_members SET company_id = '" + other.id() + "'"))
                .as("its own row given away")
                .isEqualTo(FORBIDDEN);
    }

    /** Else it would lead every list of the holding for ever, and no event could say when it was won. */
    @Test
    void a_deal_of_a_time_to_come_is_of_now() throws SQLException {
        front.request("""
                INSERT INTO deals (core_lead_id, title, status, won_at, created_at, version)
                VALUES ('%s', 'Futuro', 'won', 'infinity', 'infinity', 9e18)""".formatted(lead));
        assertThat(front.refusal("""
                INSERT INTO deals (id, core_lead_id, title)
                VALUES ('ffffffff-ffff-7fff-bfff-ffffffffffff', '%s', 'Primeiro')""".formatted(lead))).isEqualTo(CHECK);
        front.request(
                "INSERT INTO deals (core_lead_id, title, status, lost_at) VALUES ('%s', 'Antes', 'lost', '2020-01-01')"
                        .formatted(lead));

        assertThat(front.request("""
                SELECT version = 1 AND created_at <= clock_timestamp() AND won_at <= clock_timestamp()
                  FROM deals WHERE title = 'Futuro'""")).containsExactly(true);
        assertThat(front.request("SELECT lost_at = '2020-01-01' FROM deals WHERE title = 'Antes'"))
                .containsExactly(true);
        String path = company.path() + "/deals";
        Api.owner().get(path).then().statusCode(200).body("items.title", hasItem("Futuro"));
        front.request("UPDATE deals SET created_at = '-infinity' WHERE title = 'Futuro'");
        assertThat(front.request("SELECT isfinite(created_at) FROM deals WHERE title = 'Futuro'"))
                .containsExactly(true);
    }

    /** No reader of an event knows such a year. */
    @ParameterizedTest
    @ValueSource(strings = {"4700-01-01 BC", "0001-01-01", "1999-12-31", "-infinity"})
    void a_deal_of_a_time_long_before_us_is_of_now(String time) throws SQLException {
        String insert = "INSERT INTO deals (core_lead_id, title, status, created_at, %1$s_at) "
                + "VALUES ('%3$s', 'Antigo', '%1$s', '%2$s', '%2$s')";
        front.request(insert.formatted("won", time, lead));
        front.request(insert.formatted("lost", time, lead));

        String ofNow = "SELECT created_at > now() - interval '1 minute' "
                + "AND coalesce(won_at, lost_at) > now() - interval '1 minute' FROM deals WHERE title = 'Antigo'";
        assertThat(front.request(ofNow)).containsExactly(true, true);
        front.request("UPDATE deals SET won_at = '" + time + "' WHERE status = 'won'");
        assertThat(front.request(ofNow)).containsExactly(true, true);
        assertThat(Admin.get().queryOne("""
                        SELECT (payload ->> 'wonAt')::timestamptz > now() - interval '1 minute' AS of_now
                          FROM core.outbox_backoffice
                         WHERE company_id = ? AND type = 'deal.won'""", company.id())).containsEntry("of_now", true);
    }

    @Test
    void claims_that_name_no_company_or_none_that_can_be_read_open_nothing() throws SQLException {
        for (String claims : List.of(
                "",
                "{}",
                "{\"role\":\"crm_user\",\"schema_name\":\"" + company.schema() + "\"}",
                "{\"user_metadata\":{\"company_id\":\"" + company.id() + "\"}}",
                "{\"company_id\":\"" + UUID.randomUUID() + "\"}")) {
            var stranger = PostgRest.with(company.schema(), claims);
            assertThat(stranger.request("SELECT title FROM deals")).as(claims).isEmpty();
            assertThat(stranger.refusal("INSERT INTO team_members (name) VALUES ('Eva')"))
                    .as(claims)
                    .isEqualTo(FORBIDDEN);
        }
        for (String claims : List.of("x", "{\"company_id\":\"*\"}")) {
            assertThat(PostgRest.with(company.schema(), claims).refusal("SELECT title FROM deals"))
                    .as(claims)
                    .isEqualTo(MALFORMED);
        }
    }

    @Test
    void as_supabase_puts_it_the_claim_of_the_application_counts() throws SQLException {
        var supabase = PostgRest.with(company.schema(), """
                {"role":"crm_user","app_metadata":{"company_id":"%s"},"user_metadata":{"company_id":"%s"}}""".formatted(company.id(), other.id()));

        assertThat(supabase.request("SELECT title FROM deals")).containsExactly("Nosso");
        assertThat(supabase.request("SELECT title FROM " + other.schema() + ".deals"))
                .isEmpty();
    }

    @Test
    void core_is_closed_to_it() throws SQLException {
        List<Object> relations = names("""
                SELECT relname AS name FROM pg_class
                 WHERE relnamespace = 'core'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
                """);

        assertThat(relations).hasSizeGreaterThan(40);
        for (Object relation : relations) {
            assertThat(front.refusal("SELECT 1 FROM core." + relation))
                    .as("core.%s", relation)
                    .isEqualTo(FORBIDDEN);
        }
        assertThat(names("""
                SELECT relname AS name FROM pg_class
                 WHERE relnamespace = 'core'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')
                   AND has_table_privilege('crm_user', oid, 'SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER')
                """)).isEmpty();
        assertThat(names("""
                SELECT proname AS name FROM pg_proc
                 WHERE pronamespace = 'core'::regnamespace AND has_function_privilege('crm_user', oid, 'EXECUTE')
                   AND (prosecdef OR prorettype <> 'trigger'::regtype)
                """))
                .as("what it may call in core reads the claim or counts, and runs with its own rights")
                .containsExactlyInAnyOrder("claim", "company", "uuid7", "entry_order");
    }

    @Test
    void its_doors_to_core_are_the_hand_off_and_the_trigger_of_its_deals() throws SQLException {
        UUID handoff = UUID.randomUUID();
        String receive = "SELECT fn_receive_lead('%s', '%s', '{\"title\":\"Qualificado\",\"score\":81}')"
                .formatted(lead, handoff);

        Object deal = front.request(receive).getFirst();
        assertThat(front.request(receive)).as("told again").containsExactly(deal);
        front.request("UPDATE deals SET status = 'won' WHERE id = '" + deal + "'");

        assertThat(Admin.get()
                        .queryOne("SELECT company_id, title, status FROM core.deals_index WHERE deal_id = ?", deal))
                .containsEntry("company_id", company.id())
                .containsEntry("title", "Qualificado")
                .containsEntry("status", "won");
        assertThat(Api.events(company)).endsWith("deal.created", "deal.won");
        assertThat(front.refusal("SELECT " + other.schema()
                        + ".fn_receive_lead('%s', '%s', '{}')".formatted(lead, UUID.randomUUID())))
                .as("the other company's door")
                .isEqualTo(FORBIDDEN);
        assertThat(Api.events(other))
                .filteredOn(type -> type.startsWith("deal."))
                .containsExactly("deal.created");
    }

    @Test
    void a_deal_is_made_of_a_lead_of_its_own_company_and_of_no_other() throws SQLException {
        for (UUID wrong : List.of(theirLead, UUID.randomUUID())) {
            assertThat(front.refusal("SELECT fn_receive_lead('%s', '%s', '{}')".formatted(wrong, UUID.randomUUID())))
                    .isEqualTo(NO_SUCH_LEAD);
            assertThat(front.refusal("INSERT INTO deals (core_lead_id, title) VALUES ('" + wrong + "', 'Falso')"))
                    .isEqualTo(NO_SUCH_LEAD);
        }

        assertThat(front.request("SELECT title FROM deals")).containsExactly("Nosso");
        assertThat(Admin.get().query("SELECT core_lead_id FROM core.deals_index WHERE company_id = ?", company.id()))
                .containsExactly(Map.of("core_lead_id", lead));
    }

    @Test
    void it_becomes_nobody_else_and_its_login_alone_may_do_nothing() throws SQLException {
        for (String role : List.of("backoffice_app", "backoffice_reader", "core_deals", "core_migrator")) {
            assertThat(front.refusal("SELECT set_config('role', '" + role + "', true)"))
                    .as(role)
                    .isEqualTo(FORBIDDEN);
        }
        try (var connection = Admin.get().connectAs(PostgRest.AUTHENTICATOR);
                var statement = connection.createStatement()) {
            assertThat(catchState(() -> statement.execute("SELECT 1 FROM " + company.schema() + ".deals")))
                    .isEqualTo(FORBIDDEN);
        }
    }

    private static void newDeal(PostgRest of, UUID lead, String title) throws SQLException {
        of.request("INSERT INTO deals (core_lead_id, title) VALUES ('" + lead + "', '" + title + "')");
    }

    private static List<Object> names(String sql) {
        return Admin.get().query(sql).stream().map(row -> row.get("name")).toList();
    }

    private interface Attempt {
        void run() throws SQLException;
    }

    private static String catchState(Attempt attempt) {
        try {
            attempt.run();
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }
}
