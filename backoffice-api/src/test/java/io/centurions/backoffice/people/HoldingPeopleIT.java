package io.centurions.backoffice.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.issuer.Account;
import io.centurions.backoffice.issuer.Office;
import io.centurions.backoffice.issuer.WithIssuer;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithIssuer(WithIssuer.Product.KEYCLOAK)
@WithNeighbours
class HoldingPeopleIT {

    private final Office office = new Office();
    private final Account davi = Account.named("davi");

    @Test
    void an_invited_person_sees_every_company_without_the_issuer_knowing_their_role() {
        davi.viaKeycloak(null, null).get("/v1/companies").then().statusCode(403);

        member("ai_supervisor");

        davi.viaKeycloak(null, null).get("/v1/companies").then().statusCode(200);
        davi.viaKeycloak(null, null)
                .get("/v1/me")
                .then()
                .body("role", equalTo("ai_supervisor"))
                .body("holding", equalTo(true))
                .body("companyId", nullValue());
    }

    @Test
    void somebody_in_marketing_whom_the_holding_invited_works_for_every_company() {
        UUID company = office.aCompany();
        davi.viaKeycloak("marketing_admin", null)
                .get("/v1/companies/" + company + "/pixels")
                .then()
                .statusCode(404);

        member("marketing_admin");

        davi.viaKeycloak("marketing_admin", null)
                .get("/v1/companies/" + company + "/pixels")
                .then()
                .statusCode(200);
        davi.viaKeycloak("marketing_admin", null)
                .get("/v1/companies/" + company + "/people")
                .then()
                .statusCode(403);
    }

    @Test
    void a_change_is_made_for_a_version_and_leaves_a_trace_without_the_person() {
        UUID id = member("ai_supervisor");
        var change = Map.of("name", "Davi", "role", "backoffice_admin");

        office.owner().body(change).put("/v1/people/" + id).then().statusCode(428);
        office.owner()
                .header("If-Match", "\"1\"")
                .body(change)
                .put("/v1/people/" + id)
                .then()
                .statusCode(412);
        office.owner()
                .header("If-Match", "\"2\"")
                .body(change)
                .put("/v1/people/" + id)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"3\""))
                .body("role", equalTo("backoffice_admin"));

        var kept = Admin.get()
                .queryOne(
                        "SELECT after::text AS after FROM core.holding_audit WHERE target = ? AND action = 'person.change'",
                        id);
        assertThat((String) kept.get("after")).contains("backoffice_admin").doesNotContain("Davi", davi.email());
    }

    @Test
    void a_deactivated_person_is_refused_at_once_and_comes_back_by_an_invitation() {
        UUID id = member("super_admin");
        davi.viaKeycloak("super_admin", null).get("/v1/people").then().statusCode(200);

        office.owner().post("/v1/people/" + id + "/deactivate").then().statusCode(200);
        davi.viaKeycloak("super_admin", null).get("/v1/people").then().statusCode(401);

        String token = office.owner()
                .post("/v1/people/" + id + "/invitation")
                .then()
                .statusCode(200)
                .body("status", equalTo("invited"))
                .extract()
                .path("invitationToken");
        davi.viaKeycloak("super_admin", null).get("/v1/people").then().statusCode(403);
        office.accept(davi, token).statusCode(200).body("companyId", nullValue());
        davi.viaKeycloak("super_admin", null).get("/v1/people").then().statusCode(200);
    }

    /** As when another replica has just deactivated them, or two owners deactivate each other at once. */
    @Test
    void whoever_owns_the_holding_no_longer_changes_nobody_even_where_that_is_not_known_yet() {
        UUID id = member("super_admin");
        UUID other = invited(Account.named("eva"));
        davi.viaKeycloak("super_admin", null).get("/v1/people").then().statusCode(200);

        Admin.get().execute("UPDATE core.holding_people SET status = 'inactive' WHERE id = ?", id);

        refused(davi.viaKeycloak("super_admin", null).post("/v1/people/" + other + "/deactivate"));
        refused(davi.viaKeycloak("super_admin", null).post("/v1/people/" + other + "/invitation"));
        refused(davi.viaKeycloak("super_admin", null)
                .header("If-Match", "*")
                .body(Map.of("name", "Eva", "role", "super_admin"))
                .put("/v1/people/" + other));
        var another = Account.named("davi");
        refused(davi.viaKeycloak("super_admin", null)
                .body(Map.of("email", another.email(), "name", "Davi", "role", "super_admin"))
                .post("/v1/people"));
        assertThat(Admin.get().count("SELECT count(*) FROM core.holding_people WHERE email = ?", another.email()))
                .isZero();
        assertThat(Admin.get().count("SELECT version FROM core.holding_people WHERE id = ?", other))
                .isOne();
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.holding_audit WHERE target = ? AND action <> 'person.invite'",
                                other))
                .isZero();
    }

    @Test
    void a_key_of_an_invitation_is_another_one_than_that_of_inviting_again() {
        String key = UUID.randomUUID().toString();
        var ask = Map.of("email", davi.email(), "name", "Davi", "role", "ai_supervisor");
        String id = office.owner()
                .header("Idempotency-Key", key)
                .body(ask)
                .post("/v1/people")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        office.owner()
                .header("Idempotency-Key", key)
                .post("/v1/people/" + id + "/invitation")
                .then()
                .statusCode(200)
                .header("Idempotent-Replay", nullValue());
    }

    @Test
    void a_late_repeat_ends_nothing_that_was_begun_since() {
        UUID id = member("super_admin");
        String key = UUID.randomUUID().toString();
        String deactivate = "/v1/people/" + id + "/deactivate";
        office.owner().post(deactivate).then().statusCode(200);
        office.owner().header("Idempotency-Key", key).post(deactivate).then().statusCode(200);
        office.owner().post("/v1/people/" + id + "/invitation").then().statusCode(200);

        office.owner()
                .header("Idempotency-Key", key)
                .post(deactivate)
                .then()
                .statusCode(200)
                .header("Idempotent-Replay", "true")
                .body("status", equalTo("invited"));
    }

    @Test
    void nobody_ends_the_own_access() {
        UUID id = member("super_admin");

        davi.viaKeycloak("super_admin", null)
                .post("/v1/people/" + id + "/deactivate")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:own-access"));
    }

    @Test
    void an_address_is_invited_once_and_roles_of_a_company_are_none_of_the_holding() {
        UUID id = member("ai_supervisor");

        office.owner()
                .body(Map.of("email", davi.email(), "name", "Davi", "role", "ai_supervisor"))
                .post("/v1/people")
                .then()
                .statusCode(409);
        office.owner()
                .body(Map.of("email", "x@y.example", "name", "X", "role", "company_admin"))
                .post("/v1/people")
                .then()
                .statusCode(400);
        office.owner().get("/v1/people").then().statusCode(200).body("items.id", hasItem(id.toString()));
        office.owner().get("/v1/people/" + UUID.randomUUID()).then().statusCode(404);
    }

    // Let in, because the replica remembers who they were, and refused by the database.
    private static void refused(Response answer) {
        answer.then().statusCode(403).body("detail", containsString("no longer"));
    }

    private UUID invited(Account person) {
        String id = office.owner()
                .body(Map.of("email", person.email(), "name", "Pessoa", "role", "ai_supervisor"))
                .post("/v1/people")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return UUID.fromString(id);
    }

    private UUID member(String role) {
        String token = office.owner()
                .body(Map.of("email", davi.email(), "name", "Davi", "role", role))
                .post("/v1/people")
                .then()
                .statusCode(201)
                .extract()
                .path("invitationToken");
        String id = office.accept(davi, token)
                .statusCode(200)
                .body("role", equalTo(role))
                .extract()
                .path("personId");
        return UUID.fromString(id);
    }
}
