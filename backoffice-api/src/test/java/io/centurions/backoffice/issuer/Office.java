package io.centurions.backoffice.issuer;

import io.centurions.backoffice.Api;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/**
 * What people of an office do before a test begins: companies, invitations, members. Signed in at Keycloak.
 */
public final class Office {

    private final Account owner = Account.named("dona");
    private final Account admin = Account.named("chefe");

    /** The holding's owner, whom only the issuer knows. */
    public RequestSpecification owner() {
        return owner.viaKeycloak("super_admin", null);
    }

    /** A company's administrator, whom only the issuer knows. */
    public RequestSpecification admin(UUID company) {
        return admin.viaKeycloak("company_admin", company);
    }

    public UUID aCompany() {
        String id = owner().body(Map.of("name", "Empresa", "slug", Api.unique("gente")))
                .post("/v1/companies")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return UUID.fromString(id);
    }

    /** The invitation's token. */
    public String invite(UUID company, Account person, String role) {
        return asked(company, person, role).extract().path("invitationToken");
    }

    /** The invited person's id. */
    public UUID invited(UUID company, Account person, String role) {
        String id = asked(company, person, role).extract().path("id");
        return UUID.fromString(id);
    }

    /** Invited and accepted; the person's id. */
    public UUID member(UUID company, Account person, String role) {
        String id = accept(person, invite(company, person, role))
                .statusCode(200)
                .extract()
                .path("personId");
        return UUID.fromString(id);
    }

    /** Of somebody whom the issuer knows nothing about but who they are. */
    public ValidatableResponse accept(Account person, String token) {
        return person.viaKeycloak(null, null)
                .body(Map.of("token", token))
                .post("/v1/invitations/accept")
                .then();
    }

    private ValidatableResponse asked(UUID company, Account person, String role) {
        return admin(company)
                .body(Map.of("email", person.email(), "name", "Pessoa", "role", role))
                .post("/v1/companies/" + company + "/people")
                .then()
                .statusCode(201);
    }
}
