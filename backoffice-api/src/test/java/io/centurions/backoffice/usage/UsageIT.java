package io.centurions.backoffice.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class UsageIT {

    private static final Instant NOVEMBER = Instant.parse("2026-11-20T12:00:00Z");

    @Inject
    Database database;

    @Inject
    MeterRegistry meters;

    private Api.Made company;

    @BeforeEach
    void a_company() {
        company = Api.aCompany("uso");
    }

    @Test
    void of_many_who_are_invited_at_once_as_many_are_as_there_is_room_for() throws Exception {
        limit("people", 2, "block");
        String token = Api.token("company_admin", company.id());
        var together = new CyclicBarrier(6);
        List<Future<Integer>> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                all.add(threads.submit(() -> {
                    together.await();
                    return invited(token, UUID.randomUUID() + "@gente.test", null)
                            .extract()
                            .statusCode();
                }));
            }
        }

        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> one : all) {
            answers.add(one.get());
        }
        assertThat(answers).containsExactlyInAnyOrder(201, 201, 409, 409, 409, 409);
        assertThat(people()).isEqualTo(2);
    }

    @Test
    void whoever_is_deactivated_leaves_room_and_takes_it_again_when_they_come_back() {
        limit("people", 1, "block");
        String token = Api.token("company_admin", company.id());
        String key = UUID.randomUUID().toString();
        String email = UUID.randomUUID() + "@gente.test";
        String first = invited(token, email, key).statusCode(201).extract().path("id");
        // A repeat makes nothing, so it needs no room.
        invited(token, email, key).statusCode(201).header("Idempotent-Replay", "true");

        Api.with(token)
                .post(company.path() + "/people/" + first + "/deactivate")
                .then()
                .statusCode(200);
        invited(token, UUID.randomUUID() + "@gente.test", null).statusCode(201);

        Api.with(token)
                .post(company.path() + "/people/" + first + "/invitation")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:plan-limit-reached"));
    }

    @Test
    void a_limit_that_does_not_block_stops_nobody() {
        String token = Api.token("company_admin", company.id());
        for (String then : List.of("notify", "allow")) {
            limit("people", 0, then);
            invited(token, UUID.randomUUID() + "@gente.test", null).statusCode(201);
        }
    }

    @Test
    void an_instance_beyond_the_plan_is_not_made_and_a_deleted_one_leaves_room() {
        limit("instances", 1, "block");
        UUID first = Api.aWhatsapp(company);
        UUID centurion = Api.aCenturion(company);
        var second = Map.of("channel", "whatsapp", "name", "Zap 2", "centurionId", centurion);

        Api.owner()
                .body(second)
                .post(company.path() + "/channels")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:plan-limit-reached"));
        Api.owner().delete(company.path() + "/channels/" + first).then().statusCode(204);
        Api.owner().body(second).post(company.path() + "/channels").then().statusCode(201);
    }

    @Test
    void usage_shows_what_is_used_how_far_it_goes_and_the_months_before() {
        limit("leads", 10, "block");
        LocalDate month = LocalDate.now(ZoneId.of("America/Sao_Paulo")).withDayOfMonth(1);
        used("leads", month, 8);
        used("modelSpend", month, 12_345_678);
        used("unpricedTokens", month, 7);
        used("leads", month.minusMonths(1), 5);
        used("leads", month.minusMonths(12), 4);
        UUID lead = Api.aLead(company, "Ana");
        Admin.get().execute("UPDATE core.leads SET over_plan_at = clock_timestamp() WHERE id = ?", lead);

        usage().body("month", equalTo(month.toString()))
                .body("currency", equalTo("USD"))
                .body("limits.what", contains("leads", "instances", "people", "modelSpend", "fileBytes"))
                .body("limits[0].used", equalTo(8))
                .body("limits[0].most", equalTo(10))
                .body("limits[0].then", equalTo("block"))
                .body("limits[0].percent", equalTo(80))
                .body("limits[3].used", equalTo(12))
                .body("limits[3].most", nullValue())
                .body("leadsWaiting", equalTo(1))
                .body("months.leads", contains(8, 5))
                .body("months[0].modelSpend", equalTo(12))
                .body("months[0].unpricedTokens", equalTo(7));
        Api.aLead(company, "Bia");
        Api.owner()
                .queryParam("overPlan", true)
                .get(company.path() + "/leads")
                .then()
                .body("items.name", contains("Ana"));
        Api.owner().get(company.path() + "/leads/" + lead).then().body("overPlanSince", notNullValue());
        Api.as("company_admin", Api.aCompany("outra").id())
                .get(company.path() + "/usage")
                .then()
                .statusCode(404);
    }

    @Test
    void whoever_waits_because_models_cost_too_much_is_counted_and_found_like_who_has_no_place() {
        UUID both = Api.aLead(company, "Ana");
        UUID money = Api.aLead(company, "Bia");
        Api.aLead(company, "Caio");
        Admin.get().execute("UPDATE core.leads SET over_plan_at = clock_timestamp() WHERE id = ?", both);
        for (UUID lead : List.of(both, money, money)) {
            Admin.get().execute("""
                    INSERT INTO core.conversations (company_id, lead_id, instance_id, channel, chat_ref, state, held_for)
                    VALUES (?, ?, gen_random_uuid(), 'telegram', '5', 'waiting_human', 'modelSpend')
                    """, company.id(), lead);
        }

        usage().body("leadsWaiting", equalTo(2));
        Api.owner()
                .queryParam("overPlan", true)
                .get(company.path() + "/leads")
                .then()
                .body("items.name", containsInAnyOrder("Bia", "Ana"));
    }

    @Test
    void a_limit_is_told_once_a_month_at_80_and_at_100_by_the_companys_time() {
        limit("leads", 10, "notify");
        var october = LocalDate.of(2026, 10, 1);
        var november = october.plusMonths(1);
        used("leads", october, 7);
        tell(Instant.parse("2026-10-31T12:00:00Z"));
        assertThat(told()).isEmpty();

        used("leads", october, 1);
        tell(Instant.parse("2026-11-01T02:59:59Z"));
        tell(Instant.parse("2026-11-01T02:59:59Z"));
        assertThat(told()).containsExactly("2026-10-01 leads 80");
        tell(Instant.parse("2026-11-01T03:00:00Z"));
        assertThat(told()).as("nothing was used in November yet").hasSize(1);

        used("leads", november, 25);
        tell(NOVEMBER);
        tell(NOVEMBER);

        assertThat(told()).containsExactly("2026-10-01 leads 80", "2026-11-01 leads 80", "2026-11-01 leads 100");
    }

    @Test
    void what_is_only_counted_is_never_told_and_neither_is_another_companys() {
        limit("leads", 10, "allow");
        used("leads", LocalDate.of(2026, 11, 1), 50);

        tell(NOVEMBER);

        assertThat(told()).isEmpty();
        usage().body("alerts", empty());
    }

    @Test
    void people_model_spend_and_files_are_told_too_and_shown() {
        plan("""
                {"people": {"most": 1, "then": "block"}, "modelSpend": {"most": 100, "then": "notify"},
                 "fileBytes": {"most": 1000, "then": "notify"}}
                """);
        invited(Api.token("company_admin", company.id()), UUID.randomUUID() + "@gente.test", null)
                .statusCode(201);
        used("modelSpend", LocalDate.of(2026, 11, 1), 99_999_999);
        Admin.get().execute("""
                INSERT INTO core.files (company_id, state, name, purpose, type, bytes, sha256)
                VALUES (?, 'kept', 'x', 'other', 'image/png', 800, sha256('x'))
                """, company.id());

        tell(NOVEMBER);

        assertThat(told())
                .containsExactlyInAnyOrder(
                        "2026-11-01 people 80",
                        "2026-11-01 people 100",
                        "2026-11-01 modelSpend 80",
                        "2026-11-01 fileBytes 80");
        var shown = database.asCompany(
                CompanyId.of(company.id()), tx -> new ReadUsage(Clock.fixed(NOVEMBER, ZoneOffset.UTC)).read(tx, 12));
        assertThat(shown.alerts()).hasSize(4);
        assertThat(shown.month()).isEqualTo(LocalDate.of(2026, 11, 1));
    }

    private void tell(Instant now) {
        new TellLimits(database, meters, Clock.fixed(now, ZoneOffset.UTC)).run(() -> true);
    }

    private List<String> told() {
        return Admin.get()
                .query(
                        "SELECT month || ' ' || what || ' ' || threshold AS told FROM core.limit_alerts WHERE company_id = ?"
                                + " ORDER BY month, what, threshold",
                        company.id())
                .stream()
                .map(row -> (String) row.get("told"))
                .toList();
    }

    private ValidatableResponse usage() {
        return Api.as("company_admin", company.id())
                .get(company.path() + "/usage")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse invited(String token, String email, String key) {
        var asking = Api.with(token).body(Map.of("email", email, "name", "Pessoa", "role", "crm_user"));
        return (key == null ? asking : asking.header("Idempotency-Key", key))
                .post(company.path() + "/people")
                .then();
    }

    private void limit(String what, int most, String then) {
        plan("{\"%s\": {\"most\": %d, \"then\": \"%s\"}}".formatted(what, most, then));
    }

    private void plan(String limits) {
        Api.owner()
                .header("If-Match", "*")
                .body("{\"limits\": " + limits + "}")
                .put(company.path() + "/plan")
                .then()
                .statusCode(200);
    }

    private void used(String what, LocalDate month, long more) {
        Admin.get().execute("""
                INSERT INTO core.usage_months AS u (company_id, month, what, used) VALUES (?, ?, ?, ?)
                    ON CONFLICT (company_id, month, what, share) DO UPDATE SET used = u.used + excluded.used
                """, company.id(), month, what, more);
    }

    private long people() {
        return Admin.get().count("SELECT count(*) FROM core.company_users WHERE company_id = ?", company.id());
    }
}
