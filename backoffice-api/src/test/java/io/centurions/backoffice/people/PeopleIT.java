package io.centurions.backoffice.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.issuer.Account;
import io.centurions.backoffice.issuer.Office;
import io.centurions.backoffice.issuer.WithIssuer;
import io.centurions.backoffice.security.KnownPeople;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithIssuer(WithIssuer.Product.KEYCLOAK)
@WithNeighbours
class PeopleIT {

    private final Office office = new Office();
    private final Account bia = Account.named("bia");
    private UUID company;
    private String people;

    @BeforeEach
    void a_company() {
        company = office.aCompany();
        people = "/v1/companies/" + company + "/people";
    }

    @Test
    void a_person_is_invited_with_a_token_that_is_told_once() {
        String key = UUID.randomUUID().toString();
        var ask = Map.of("email", "  Bia@Empresa.Example ", "name", "Bia", "role", "crm_user");

        String token = office.admin(company)
                .header("Idempotency-Key", key)
                .body(ask)
                .post(people)
                .then()
                .statusCode(201)
                .header("ETag", equalTo("\"1\""))
                .body("email", equalTo("bia@empresa.example"))
                .body("status", equalTo("invited"))
                .body("version", equalTo(1))
                .body("invitationToken", matchesPattern("[A-Za-z0-9_-]{43}"))
                .extract()
                .path("invitationToken");

        office.admin(company)
                .header("Idempotency-Key", key)
                .body(ask)
                .post(people)
                .then()
                .statusCode(201)
                .header("Idempotent-Replay", "true")
                .body("invitationToken", nullValue());
        assertThat(Admin.get()
                        .count("SELECT count(*) FROM core.company_users u WHERE u::text LIKE '%' || ? || '%'", token))
                .isZero();
        office.admin(company)
                .get("/v1/companies/" + company + "/audit")
                .then()
                .body("items.action", hasItem("person.invite"))
                .body("items.find { it.action == 'person.invite' }.after", not(equalTo(null)))
                .body("items.find { it.action == 'person.invite' }.after.email", nullValue())
                .body("items.find { it.action == 'person.invite' }.after.name", nullValue());
    }

    @Test
    void an_address_is_invited_once_in_a_company_and_again_in_another() {
        office.invite(company, bia, "crm_user");

        office.admin(company)
                .body(Map.of("email", bia.email(), "name", "Outra", "role", "crm_user"))
                .post(people)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:person-exists"));
        office.invite(office.aCompany(), bia, "crm_user");
    }

    @Test
    void a_company_cannot_make_anybody_the_holdings() {
        for (String role : new String[] {"super_admin", "backoffice_admin", "ai_supervisor", "owner"}) {
            office.admin(company)
                    .body(Map.of("email", bia.email(), "name", "Bia", "role", role))
                    .post(people)
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void people_are_listed_by_state_page_by_page() {
        office.member(company, bia, "crm_user");
        office.invite(company, Account.named("davi"), "crm_user");
        office.invite(company, Account.named("eva"), "company_admin");

        office.admin(company).get(people).then().statusCode(200).body("items", hasSize(3));
        office.admin(company)
                .queryParam("status", "invited")
                .queryParam("limit", 1)
                .get(people)
                .then()
                .body("items", hasSize(1))
                .body("nextCursor", not(nullValue()));
        office.admin(company)
                .queryParam("status", "active")
                .get(people)
                .then()
                .body("items", hasSize(1))
                .body("items[0].subject", equalTo(bia.subject()));
        office.admin(company).queryParam("status", "x").get(people).then().statusCode(400);
    }

    @Test
    void a_change_says_which_version_it_was_made_for() {
        UUID id = office.member(company, bia, "crm_user");
        var change = Map.of("name", "Beatriz", "role", "marketing_admin");

        office.admin(company).body(change).put(people + "/" + id).then().statusCode(428);
        office.admin(company)
                .header("If-Match", "\"2\"")
                .body(change)
                .put(people + "/" + id)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"3\""))
                .body("role", equalTo("marketing_admin"));
        office.admin(company)
                .header("If-Match", "\"2\"")
                .body(change)
                .put(people + "/" + id)
                .then()
                .statusCode(412)
                .body("type", equalTo("urn:centurions:problem:version-stale"));
        office.admin(company)
                .get(people + "/" + id)
                .then()
                .header("ETag", equalTo("\"3\""))
                .body("name", equalTo("Beatriz"));
    }

    @Test
    void a_changed_role_counts_at_once_whatever_the_token_says() {
        UUID id = office.member(company, bia, "company_admin");
        bia.viaKeycloak("company_admin", company).get(people).then().statusCode(200);

        office.admin(company)
                .header("If-Match", "*")
                .body(Map.of("name", "Bia", "role", "crm_user"))
                .put(people + "/" + id)
                .then()
                .statusCode(200);

        bia.viaKeycloak("company_admin", company).get(people).then().statusCode(403);
        bia.viaKeycloak("company_admin", company)
                .get("/v1/companies/" + company + "/leads")
                .then()
                .statusCode(200);
    }

    @Test
    void the_token_of_a_deactivated_person_is_refused_at_once() {
        UUID id = office.member(company, bia, "company_admin");
        var signedIn = bia.viaKeycloak("company_admin", company);
        signedIn.get(people).then().statusCode(200);

        office.admin(company)
                .post(people + "/" + id + "/deactivate")
                .then()
                .statusCode(200)
                .body("status", equalTo("inactive"));

        bia.viaKeycloak("company_admin", company).get(people).then().statusCode(401);
        bia.viaKeycloak("company_admin", company).get("/v1/me").then().statusCode(401);
        bia.viaKeycloak(null, null).get("/v1/me").then().statusCode(401);
        office.admin(company).post(people + "/" + id + "/deactivate").then().statusCode(200);
        bia.viaKeycloak("company_admin", office.aCompany()).get("/v1/me").then().statusCode(200);
    }

    @Test
    void the_token_of_a_person_who_is_deactivated_in_an_archived_company_is_refused_too() {
        UUID id = office.member(company, bia, "company_admin");
        String archive = "/v1/companies/" + company + "/archive";
        office.owner().body(Map.of("reason", "vendida")).post(archive).then().statusCode(200);
        bia.viaKeycloak("company_admin", company).get(people).then().statusCode(200);

        office.owner().post(people + "/" + id + "/deactivate").then().statusCode(200);

        bia.viaKeycloak("company_admin", company).get(people).then().statusCode(401);
    }

    @Test
    void a_person_who_never_came_and_was_deactivated_is_known_by_the_address() {
        UUID id = office.invited(company, bia, "company_admin");

        office.admin(company).post(people + "/" + id + "/deactivate").then().statusCode(200);

        bia.viaKeycloak("company_admin", company).get("/v1/me").then().statusCode(401);
    }

    @Test
    void what_another_replica_changed_is_known_within_its_bound() {
        UUID id = office.member(company, bia, "company_admin");
        bia.viaKeycloak("company_admin", company).get("/v1/me").then().statusCode(200);

        Admin.get().execute("UPDATE core.company_users SET status = 'inactive' WHERE id = ?", id);

        await().atMost(KnownPeople.LONGEST.plusSeconds(2))
                .until(() ->
                        bia.viaKeycloak("company_admin", company).get("/v1/me").statusCode() == 401);
    }

    /** Within the bound another replica would let them in: whom they let in meanwhile would stay. */
    @Test
    void whoever_administers_the_company_no_longer_lets_nobody_in_even_where_that_is_not_known_yet() {
        UUID id = office.member(company, bia, "company_admin");
        UUID other = office.invited(company, Account.named("davi"), "crm_user");
        bia.viaKeycloak("company_admin", company).get(people).then().statusCode(200);

        Admin.get().execute("UPDATE core.company_users SET status = 'inactive' WHERE id = ?", id);

        var accomplice = Map.of("email", "bia-2@empresa.example", "name", "Bia", "role", "company_admin");
        refused(bia.viaKeycloak("company_admin", company).body(accomplice).post(people));
        refused(bia.viaKeycloak("company_admin", company).post(people + "/" + other + "/invitation"));
        refused(bia.viaKeycloak("company_admin", company).post(people + "/" + other + "/deactivate"));
        refused(bia.viaKeycloak("company_admin", company)
                .header("If-Match", "*")
                .body(Map.of("name", "Davi", "role", "company_admin"))
                .put(people + "/" + other));
        refused(bia.viaKeycloak("company_admin", company)
                .body(Map.of("name", "Minha", "scopes", List.of("crm")))
                .post("/v1/companies/" + company + "/api-keys"));
        assertThat(Admin.get().count("SELECT count(*) FROM core.company_users WHERE company_id = ?", company))
                .isEqualTo(2);
        assertThat(Admin.get().count("SELECT version FROM core.company_users WHERE id = ?", other))
                .isOne();
        assertThat(Admin.get().count("SELECT count(*) FROM core.api_keys WHERE company_id = ?", company))
                .isZero();
    }

    /** Both are let in before either is ended; the lock that orders them is held here until both wait for it. */
    @Test
    void of_two_administrators_who_end_each_others_access_at_once_one_stays() throws Exception {
        var davi = Account.named("davi");
        UUID first = office.member(company, bia, "company_admin");
        UUID second = office.member(company, davi, "company_admin");

        try (var lock = Admin.get().connectAs("backoffice_app");
                var threads = Executors.newFixedThreadPool(2)) {
            lock.setAutoCommit(false);
            try (var held = lock.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")) {
                held.setString(1, "administrators " + company);
                held.execute();
            }
            var biasAnswer = threads.submit(
                    () -> bia.viaKeycloak("company_admin", company).post(people + "/" + second + "/deactivate"));
            var davisAnswer = threads.submit(
                    () -> davi.viaKeycloak("company_admin", company).post(people + "/" + first + "/deactivate"));
            await().until(() ->
                    Admin.get().count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                            == 2);
            lock.rollback();

            assertThat(List.of(biasAnswer.get().statusCode(), davisAnswer.get().statusCode()))
                    .containsExactlyInAnyOrder(200, 403);
        }
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.company_users WHERE company_id = ? AND status = 'active'",
                                company))
                .isOne();
    }

    @Test
    void nobody_ends_the_own_access_or_changes_the_own_role() {
        UUID id = office.member(company, bia, "company_admin");

        bia.viaKeycloak("company_admin", company)
                .post(people + "/" + id + "/deactivate")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:own-access"));
        bia.viaKeycloak("company_admin", company)
                .header("If-Match", "*")
                .body(Map.of("name", "Bia", "role", "crm_user"))
                .put(people + "/" + id)
                .then()
                .statusCode(409);
        bia.viaKeycloak("company_admin", company)
                .header("If-Match", "*")
                .body(Map.of("name", "Beatriz", "role", "company_admin"))
                .put(people + "/" + id)
                .then()
                .statusCode(200);
    }

    // Let in, because the replica remembers who they were, and refused by the rows.
    private static void refused(Response answer) {
        answer.then().statusCode(403).body("detail", containsString("no longer"));
    }

    @Test
    void another_companys_person_is_not_found() {
        UUID other = office.aCompany();
        UUID id = office.invited(other, bia, "crm_user");

        office.admin(company).get(people + "/" + id).then().statusCode(404);
        office.admin(company)
                .header("If-Match", "*")
                .body(Map.of("name", "Bia", "role", "crm_user"))
                .put(people + "/" + id)
                .then()
                .statusCode(404);
        office.admin(company).post(people + "/" + id + "/deactivate").then().statusCode(404);
        office.admin(company).post(people + "/" + id + "/invitation").then().statusCode(404);
    }
}
