package io.centurions.backoffice.parked;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.Uuid7;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class ParkedEventIT {

    private static final String EVENTS = "/v1/parked-events";

    @Inject
    Database database;

    @ParameterizedTest
    @ValueSource(
            strings = {"backoffice-api", "agent-runtime", "evolution-manager", "autentique-service", "capi-dispatcher"})
    void what_any_service_parked_is_listed_read_and_set_free_once(String service) {
        var company = Api.aCompany("parado");
        UUID id = Stuck.event(service, company);

        Api.owner()
                .get(EVENTS + "?company=" + company.id())
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("items[0].id", equalTo(id.toString()))
                .body("items[0].service", equalTo(service))
                .body("items[0].state", equalTo("parked"));
        Api.owner()
                .post(EVENTS + "/" + service + "/" + id + "/reprocess")
                .then()
                .statusCode(200)
                .body("state", equalTo("reprocessed"))
                .body("settledBy", notNullValue());

        assertThat(Stuck.freed(service, company)).isEqualTo(1);
        Api.owner()
                .get(company.path() + "/audit")
                .then()
                .body("items[0].action", equalTo("parked-event.reprocess"))
                .body("items[0].target", equalTo(id.toString()))
                .body(
                        "items[0].after",
                        equalTo(Map.of("service", service, "stream", "lead.created", "state", "reprocessed")));
        Api.owner()
                .post(EVENTS + "/" + service + "/" + id + "/reprocess")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:already-settled"));
        assertThat(Stuck.freed(service, company)).isEqualTo(1);
    }

    @Test
    void of_an_event_only_ids_and_codes_are_shown() {
        var company = Api.aCompany("calado");
        UUID id = Stuck.event("capi-dispatcher", company);

        String body = Api.owner()
                .get(EVENTS + "/capi-dispatcher/" + id)
                .then()
                .statusCode(200)
                .body("payload.source", equalTo("FORM"))
                .body("payload.note", equalTo("[redacted]"))
                .body("envelope.type", equalTo("lead.created"))
                .extract()
                .asString();

        assertThat(body).doesNotContain("Maria").doesNotContain("98888").doesNotContain("5511988887777");
    }

    @Test
    void a_list_is_filtered_and_read_page_by_page_across_services() {
        var company = Api.aCompany("filtro");
        UUID first = Stuck.event("agent-runtime", company, "waited too long: the lead is not there");
        UUID second = Stuck.event("capi-dispatcher", company, "IllegalStateException");
        UUID third = Stuck.event("agent-runtime", company, "waited too long: the deal is not there");
        String mine = EVENTS + "?company=" + company.id();

        var page = Api.owner().get(mine + "&limit=2").then().statusCode(200);

        page.body("items.id", equalTo(List.of(third.toString(), second.toString())));
        String cursor = page.extract().path("nextCursor");
        Api.owner()
                .get(mine + "&limit=2&cursor=" + cursor)
                .then()
                .body("items.id", equalTo(List.of(first.toString())))
                .body("nextCursor", nullValue());
        Api.owner().get(mine + "&service=capi-dispatcher").then().body("items.id", equalTo(List.of(second.toString())));
        Api.owner().get(mine + "&reason=IllegalStateException").then().body("items.size()", equalTo(1));
        Api.owner().get(mine + "&stream=deal.won").then().body("items.size()", equalTo(0));
        Api.owner().get(mine + "&state=reprocessed").then().body("items.size()", equalTo(0));
        Api.owner().get(mine + "&state=all").then().body("items.size()", equalTo(3));
        for (String wrong : List.of("&limit=0", "&limit=201", "&cursor=x", "&service=crm", "&state=gone")) {
            Api.owner().get(mine + wrong).then().statusCode(400);
        }
    }

    @Test
    void discarding_needs_a_reason_and_keeps_it() {
        var company = Api.aCompany("fora");
        UUID id = Stuck.event("agent-runtime", company);
        String path = EVENTS + "/agent-runtime/" + id + "/discard";

        for (String nothing : List.of("", " ", "\u00a0", "\u200b\u2060", "\u0007")) {
            Api.owner()
                    .body(Map.of("reason", nothing))
                    .post(path)
                    .then()
                    .statusCode(400)
                    .body("errors.field", equalTo(List.of("reason")))
                    .body("errors.message", equalTo(List.of("must not be blank")));
        }
        Api.owner().body(Map.of("reason", "x".repeat(501))).post(path).then().statusCode(400);
        Api.owner().body("{}").post(path).then().statusCode(400);
        Api.owner().body("{\"reason\":5}").post(path).then().statusCode(400);
        Api.owner()
                .body(Map.of("reason", "test lead"))
                .post(path)
                .then()
                .statusCode(200)
                .body("state", equalTo("discarded"))
                .body("settledReason", equalTo("test lead"));

        Api.owner().body(Map.of("reason", "again")).post(path).then().statusCode(409);
        Api.owner().post(EVENTS + "/agent-runtime/" + id + "/reprocess").then().statusCode(409);
        assertThat(Stuck.freed("agent-runtime", company)).isZero();
        Api.owner().get(company.path() + "/audit").then().body("items[0].action", equalTo("parked-event.discard"));
    }

    @Test
    void another_companys_and_unknown_events_are_not_found() {
        var own = Api.aCompany("minha");
        var other = Api.aCompany("alheia");
        UUID foreign = Stuck.event("capi-dispatcher", other);
        UUID nobodys = Stuck.nobodysEvent("capi-dispatcher");

        for (UUID hidden : List.of(foreign, nobodys, UUID.randomUUID())) {
            String path = EVENTS + "/capi-dispatcher/" + hidden;
            Api.as("company_admin", own.id())
                    .get(path)
                    .then()
                    .statusCode(404)
                    .body("type", equalTo("urn:centurions:problem:not-found"));
            Api.as("company_admin", own.id()).post(path + "/reprocess").then().statusCode(404);
            Api.as("company_admin", own.id())
                    .body(Map.of("reason", "mine now"))
                    .post(path + "/discard")
                    .then()
                    .statusCode(404);
        }
        // The same id under another service is another thing.
        Api.owner().get(EVENTS + "/agent-runtime/" + foreign).then().statusCode(404);
        Api.owner().get(EVENTS + "/crm/" + foreign).then().statusCode(404);
        assertThat(Stuck.freed("capi-dispatcher", other)).isZero();
        Api.owner()
                .get(EVENTS + "/capi-dispatcher/" + foreign)
                .then()
                .statusCode(200)
                .body("state", equalTo("parked"));
    }

    @Test
    void an_administrator_sees_and_settles_the_own_companys_only() {
        var own = Api.aCompany("minha");
        var other = Api.aCompany("alheia");
        UUID mine = Stuck.event("agent-runtime", own);
        Stuck.event("agent-runtime", other);

        Api.as("company_admin", own.id())
                .get(EVENTS)
                .then()
                .statusCode(200)
                .body("items.companyId", everyItem(equalTo(own.id().toString())))
                .body("items.id", hasItem(mine.toString()));
        Api.as("company_admin", own.id())
                .get(EVENTS + "?company=" + other.id())
                .then()
                .statusCode(404);
        Api.as("company_admin", own.id())
                .post(EVENTS + "/agent-runtime/" + mine + "/reprocess")
                .then()
                .statusCode(200);
        Api.as("ai_supervisor", null).get(EVENTS).then().statusCode(200);
        Api.as("ai_supervisor", null)
                .post(EVENTS + "/agent-runtime/" + UUID.randomUUID() + "/reprocess")
                .then()
                .statusCode(403);
        Api.as("crm_user", own.id()).get(EVENTS).then().statusCode(403);
        Api.as("company_admin", null).get(EVENTS).then().statusCode(404);
        Api.with(Api.serviceToken("agent-runtime")).get(EVENTS).then().statusCode(403);
    }

    @Test
    void a_selection_ends_each_for_itself() {
        var one = Api.aCompany("um");
        var two = Api.aCompany("dois");
        UUID first = Stuck.event("agent-runtime", one);
        UUID second = Stuck.event("capi-dispatcher", two);
        UUID settled = Stuck.event("evolution-manager", two);
        Api.owner()
                .post(EVENTS + "/evolution-manager/" + settled + "/reprocess")
                .then()
                .statusCode(200);
        UUID broken = Stuck.nobodysEvent("agent-runtime");
        UUID unknown = UUID.randomUUID();
        var ids = List.of(first, second, settled, broken, unknown);

        Api.owner()
                .body(Map.of("ids", ids))
                .post(EVENTS + "/reprocess")
                .then()
                .statusCode(200)
                .body("items.id", equalTo(ids.stream().map(UUID::toString).toList()))
                .body(
                        "items.outcome",
                        equalTo(List.of(
                                "reprocessed", "reprocessed", "already-settled", "not-reprocessable", "not-found")));

        assertThat(Stuck.freed("agent-runtime", one)).isEqualTo(1);
        assertThat(Stuck.freed("capi-dispatcher", two)).isEqualTo(1);
        assertThat(Stuck.freed("evolution-manager", two)).isEqualTo(1);
        Api.as("company_admin", one.id())
                .body(Map.of("ids", List.of(second)))
                .post(EVENTS + "/reprocess")
                .then()
                .body("items[0].outcome", equalTo("not-found"));
        Api.owner().body("{\"ids\":[]}").post(EVENTS + "/reprocess").then().statusCode(400);
    }

    @Test
    void of_many_who_set_the_same_event_free_one_does() throws Exception {
        var company = Api.aCompany("junto");
        UUID id = Stuck.event("agent-runtime", company);
        List<Callable<Integer>> attempts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            attempts.add(() -> Api.owner()
                    .post(EVENTS + "/agent-runtime/" + id + "/reprocess")
                    .statusCode());
        }
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(attempts)) {
                answers.add(answer.get());
            }
        }

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(Stuck.freed("agent-runtime", company)).isEqualTo(1);
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.audit_log WHERE company_id = ? AND action = 'parked-event.reprocess'",
                                company.id()))
                .isEqualTo(1);
    }

    @Test
    void what_is_set_free_is_handled_by_its_consumer() {
        var company = Api.aCompany("solto");
        UUID deal = Uuid7.next();
        UUID id = Stuck.contractCreated(company, deal, UUID.randomUUID());
        Stuck.aDeal(database, company, deal);

        Api.owner().post(EVENTS + "/backoffice-api/" + id + "/reprocess").then().statusCode(200);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Admin.get()
                                .count("SELECT count(*) FROM " + company.schema()
                                        + ".activities WHERE kind = 'contract_sent'"))
                        .isEqualTo(1));
    }

    @Test
    void what_cannot_be_audited_is_not_set_free() {
        var company = Api.aCompany("trilha");
        UUID id = Stuck.event("agent-runtime", company);
        String path = EVENTS + "/agent-runtime/" + id + "/reprocess";
        // A check that holds for every row but the one that this would write.
        Admin.get()
                .execute("ALTER TABLE core.audit_log ADD CONSTRAINT not_this CHECK (target <> '" + id + "') NOT VALID");
        try {
            Api.owner().post(path).then().statusCode(500);
        } finally {
            Admin.get().execute("ALTER TABLE core.audit_log DROP CONSTRAINT not_this");
        }

        assertThat(Stuck.freed("agent-runtime", company)).isZero();
        Api.owner().post(path).then().statusCode(200);
        assertThat(Stuck.freed("agent-runtime", company)).isEqualTo(1);
    }

    @Test
    void a_request_that_comes_again_with_its_key_gets_the_first_ones_result() {
        var company = Api.aCompany("chave");
        UUID id = Stuck.event("agent-runtime", company);
        UUID other = Stuck.event("agent-runtime", company);
        String path = EVENTS + "/agent-runtime/" + id + "/reprocess";

        Api.owner().header("Idempotency-Key", "k1").post(path).then().statusCode(200);
        Api.owner()
                .header("Idempotency-Key", "k1")
                .post(path)
                .then()
                .statusCode(200)
                .header("Idempotent-Replay", equalTo("true"))
                .body("state", equalTo("reprocessed"));
        Api.owner()
                .header("Idempotency-Key", "k1")
                .post(EVENTS + "/agent-runtime/" + other + "/reprocess")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:idempotency-key-reused"));
        for (String replay : new String[] {null, "true"}) {
            Api.owner()
                    .header("Idempotency-Key", "k2")
                    .body(Map.of("ids", List.of(other)))
                    .post(EVENTS + "/reprocess")
                    .then()
                    .statusCode(200)
                    .header("Idempotent-Replay", equalTo(replay))
                    .body("items[0].outcome", equalTo("reprocessed"));
        }
        assertThat(Stuck.freed("agent-runtime", company)).isEqualTo(2);
    }

    @Test
    void what_names_no_company_is_the_holdings_to_discard_and_nobodys_to_reprocess() {
        UUID broken = Stuck.nobodysEvent("autentique-service");
        String path = EVENTS + "/autentique-service/" + broken;

        Api.owner()
                .get(path)
                .then()
                .statusCode(200)
                .body("companyId", nullValue())
                .body("rawChars", equalTo(15))
                .body("$", not(hasItem("raw")));
        Api.owner()
                .post(path + "/reprocess")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:not-reprocessable"));
        Api.owner()
                .body(Map.of("reason", "garbage"))
                .post(path + "/discard")
                .then()
                .statusCode(200)
                .body("state", equalTo("discarded"));
        Api.owner()
                .body(Map.of("reason", "garbage"))
                .post(path + "/discard")
                .then()
                .statusCode(409);

        assertThat(Admin.get().count("SELECT count(*) FROM core.holding_audit WHERE target = ?", broken))
                .isEqualTo(1);
        Api.owner().get("/v1/audit?limit=200").then().statusCode(200).body("items.target", hasItem(broken.toString()));
        Api.as("company_admin", Api.aCompany("x").id()).get("/v1/audit").then().statusCode(403);
    }
}
