package io.centurions.backoffice.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.backoffice.issuer.Account;
import io.centurions.backoffice.issuer.Office;
import io.centurions.backoffice.issuer.WithIssuer;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithIssuer(WithIssuer.Product.KEYCLOAK)
@WithNeighbours
class InvitationIT {

    private final Office office = new Office();
    private final Account bia = Account.named("bia");
    private UUID company;

    @BeforeEach
    void a_company() {
        company = office.aCompany();
    }

    @Test
    void an_accepted_invitation_opens_the_company_and_no_other() {
        String token = office.invite(company, bia, "crm_user");

        office.accept(bia, token)
                .statusCode(200)
                .body("companyId", equalTo(company.toString()))
                .body("role", equalTo("crm_user"));

        bia.viaKeycloak(null, null)
                .get("/v1/companies/" + company + "/leads")
                .then()
                .statusCode(200);
        bia.viaKeycloak(null, null)
                .get("/v1/companies/" + office.aCompany() + "/leads")
                .then()
                .statusCode(404);
        bia.viaKeycloak(null, null)
                .get("/v1/companies/" + company + "/people")
                .then()
                .statusCode(403);
    }

    @Test
    void the_same_person_may_repeat_it_and_nobody_else_may_use_it_again() {
        String token = office.invite(company, bia, "crm_user");
        office.accept(bia, token).statusCode(200);

        office.accept(bia, token).statusCode(200).body("role", equalTo("crm_user"));
        office.accept(new Account(UUID.randomUUID().toString(), bia.email()), token)
                .statusCode(404);
        office.accept(Account.named("eva"), token).statusCode(404);

        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.audit_log WHERE company_id = ? AND action = 'person.accept'",
                                company))
                .isEqualTo(1);
    }

    @Test
    void accepted_again_with_its_key_it_says_that_it_was() {
        String token = office.invite(company, bia, "crm_user");
        String key = UUID.randomUUID().toString();

        for (String replay : new String[] {null, "true"}) {
            bia.viaKeycloak(null, null)
                    .header("Idempotency-Key", key)
                    .body(Map.of("token", token))
                    .post("/v1/invitations/accept")
                    .then()
                    .statusCode(200)
                    .header("Idempotent-Replay", equalTo(replay))
                    .body("companyId", equalTo(company.toString()));
        }
    }

    @Test
    void an_invitation_is_for_one_address_which_the_issuer_vouches_for() {
        String token = office.invite(company, bia, "crm_user");

        office.accept(Account.named("eva"), token)
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:invitation-for-another"));
        accept(bia.keycloak(null, null).put("email_verified", false), token, "email-not-verified");
        JsonObject silent = bia.keycloak(null, null);
        silent.remove("email_verified");
        accept(silent, token, "email-not-verified");

        office.accept(bia, token).statusCode(200);
    }

    @Test
    void an_invitation_ends_after_seven_days() {
        String token = office.invite(company, bia, "crm_user");
        assertThat(Admin.get().count("""
                        SELECT count(*) FROM core.company_users
                         WHERE company_id = ? AND invitation_expires_at - created_at BETWEEN '6 days 23 hours' AND '7 days 1 hour'
                        """, company)).isEqualTo(1);

        Admin.get()
                .execute("UPDATE core.company_users SET invitation_expires_at = now() WHERE company_id = ?", company);

        office.accept(bia, token).statusCode(422).body("type", equalTo("urn:centurions:problem:invitation-expired"));
    }

    @Test
    void a_new_invitation_makes_the_old_one_void_and_so_does_a_deactivation() {
        String first = office.invite(company, bia, "crm_user");
        String people = "/v1/companies/" + company + "/people";
        String id = office.admin(company).get(people).then().extract().path("items[0].id");

        String second = office.admin(company)
                .post(people + "/" + id + "/invitation")
                .then()
                .statusCode(200)
                .extract()
                .path("invitationToken");
        office.accept(bia, first).statusCode(404);
        office.admin(company).post(people + "/" + id + "/deactivate").then().statusCode(200);
        office.accept(Account.named("eva"), second).statusCode(404);

        String third = office.admin(company)
                .post(people + "/" + id + "/invitation")
                .then()
                .extract()
                .path("invitationToken");
        office.accept(bia, third).statusCode(200);
        office.admin(company)
                .post(people + "/" + id + "/invitation")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:person-active"));
    }

    @Test
    void whoever_was_deactivated_in_one_company_may_come_into_another() {
        UUID id = office.member(company, bia, "crm_user");
        deactivate(id);
        UUID other = office.aCompany();

        office.accept(bia, office.invite(other, bia, "crm_user")).statusCode(200);

        bia.viaKeycloak(null, null)
                .get("/v1/companies/" + other + "/leads")
                .then()
                .statusCode(200);
        bia.viaKeycloak("crm_user", company)
                .get("/v1/companies/" + company + "/leads")
                .then()
                .statusCode(401);
    }

    @Test
    void a_company_keeps_nobody_out_of_another_by_inviting_and_deactivating_an_address() {
        String token = office.invite(office.aCompany(), bia, "crm_user");

        deactivate(office.invited(company, bia, "crm_user"));

        office.accept(bia, token).statusCode(200);
    }

    @Test
    void whoever_is_there_already_does_not_come_in_a_second_time() {
        office.member(company, bia, "crm_user");
        var elsewhere = new Account(bia.subject(), "bia.nunes-" + UUID.randomUUID() + "@pessoas.example");

        office.accept(elsewhere, office.invite(company, elsewhere, "company_admin"))
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:person-exists"));
    }

    @Test
    void into_an_archived_company_nobody_comes_and_only_the_invited_hears_why() {
        String token = office.invite(company, bia, "crm_user");
        office.owner()
                .body(Map.of("reason", "vendida"))
                .post("/v1/companies/" + company + "/archive")
                .then()
                .statusCode(200);

        office.accept(bia, token).statusCode(409).body("type", equalTo("urn:centurions:problem:company-archived"));

        office.accept(Account.named("eva"), token)
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:invitation-for-another"));
        assertThat(Admin.get().queryOne("SELECT status, subject FROM core.company_users WHERE company_id = ?", company))
                .containsEntry("status", "invited")
                .containsEntry("subject", null);
        bia.viaKeycloak(null, null)
                .get("/v1/companies/" + company + "/leads")
                .then()
                .statusCode(403);
    }

    @Test
    void whoever_came_in_before_it_was_archived_may_still_repeat_it() {
        String token = office.invite(company, bia, "crm_user");
        office.accept(bia, token).statusCode(200);
        Admin.get().execute("UPDATE core.companies SET status = 'archived' WHERE id = ?", company);

        office.accept(bia, token).statusCode(200).body("companyId", equalTo(company.toString()));
    }

    @Test
    void a_token_that_was_never_given_is_not_found() {
        office.accept(bia, "A".repeat(43)).statusCode(404);
        office.accept(bia, "curto").statusCode(400);
    }

    private void deactivate(UUID person) {
        office.admin(company)
                .post("/v1/companies/" + company + "/people/" + person + "/deactivate")
                .then()
                .statusCode(200);
    }

    private static void accept(JsonObject claims, String token, String problem) {
        Api.with(Account.keys().rs256(claims))
                .body(Map.of("token", token))
                .post("/v1/invitations/accept")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:centurions:problem:" + problem));
    }
}
