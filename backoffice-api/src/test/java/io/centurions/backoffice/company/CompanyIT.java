package io.centurions.backoffice.company;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class CompanyIT {

    @Test
    void a_new_company_is_active_and_its_schema_equals_the_template() {
        String slug = Api.unique("nova");

        String id = Api.owner()
                .body(Map.of("name", "Nova", "slug", slug))
                .post("/v1/companies")
                .then()
                .statusCode(201)
                .header("Location", containsString("/v1/companies/"))
                .header("ETag", notNullValue())
                .body("status", equalTo("active"))
                .body("schemaName", equalTo("empresa_" + slug))
                .body("currency", equalTo("BRL"))
                .extract()
                .path("id");

        assertThat(Admin.get().query("SELECT * FROM core.company_schema_diff_v1(?)", "empresa_" + slug))
                .isEmpty();
        assertThat(Api.events(new Api.Made(UUID.fromString(id), slug))).containsExactly("company.lifecycle");
        Api.owner()
                .get("/v1/companies/" + id + "/audit")
                .then()
                .statusCode(200)
                .body("items.action", hasItem("company.create"))
                .body("items.action", hasItem("company.provision"))
                .body("items.find { it.action == 'company.provision' }.after.slug", equalTo(slug));
    }

    @Test
    void the_catalogue_diff_names_what_is_missing_and_what_is_added() {
        var company = Api.aCompany("drift");

        Admin.get().execute("ALTER TABLE " + company.schema() + ".deals ADD COLUMN extra int");
        Admin.get().execute("GRANT UPDATE (score) ON " + company.schema() + ".deals TO backoffice_reader");
        Admin.get().execute("DROP INDEX " + company.schema() + ".activities_deal_idx");

        assertThat(Admin.get().query("SELECT kind, name FROM core.company_schema_diff_v1(?)", company.schema()))
                .extracting(row -> row.get("kind") + " " + row.get("name"))
                .containsExactly("column deals.extra", "column deals.score", "index activities_deal_idx");
    }

    @Test
    void a_repeat_with_the_same_key_makes_no_second_company() {
        String key = UUID.randomUUID().toString();
        var body = Map.of("name", "Duas vezes", "slug", Api.unique("duas"));
        String first = Api.owner()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/v1/companies")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        var repeat = Api.owner().header("Idempotency-Key", key).body(body).post("/v1/companies");

        repeat.then().statusCode(201).header("Idempotent-Replay", "true").body("id", equalTo(first));
    }

    @Test
    void a_key_stands_for_one_request_only() {
        String key = UUID.randomUUID().toString();
        Api.owner()
                .header("Idempotency-Key", key)
                .body(Map.of("name", "Um", "slug", Api.unique("um")))
                .post("/v1/companies")
                .then()
                .statusCode(201);

        var other = Api.owner()
                .header("Idempotency-Key", key)
                .body(Map.of("name", "Outro"))
                .post("/v1/companies");

        other.then().statusCode(409).body("type", equalTo("urn:centurions:problem:idempotency-key-reused"));
    }

    @Test
    void a_request_that_was_refused_leaves_its_key_to_what_is_asked_better() {
        var taken = Api.aCompany("dona");
        var request = Api.owner().header("Idempotency-Key", UUID.randomUUID().toString());
        request.body(Map.of("name", "Segunda", "slug", taken.slug()))
                .post("/v1/companies")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:slug-taken"));

        request.body(Map.of("name", "Segunda", "slug", Api.unique("segunda")))
                .post("/v1/companies")
                .then()
                .statusCode(201)
                .header("Idempotent-Replay", nullValue());
    }

    @Test
    void a_slug_is_given_once() {
        var company = Api.aCompany("dona");

        var second = Api.owner()
                .body(Map.of("name", "Segunda", "slug", company.slug()))
                .post("/v1/companies");

        second.then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:centurions:problem:slug-taken"));
    }

    @Test
    void a_schema_that_is_not_ours_is_not_taken_over_and_the_company_is_resumed_later() {
        String slug = Api.unique("alheia");
        Admin.get().execute("CREATE SCHEMA empresa_" + slug);
        String id = Api.owner()
                .body(Map.of("name", "Alheia", "slug", slug))
                .post("/v1/companies")
                .then()
                .statusCode(201)
                .body("status", equalTo("failed"))
                .body("statusReason", containsString("42P06"))
                .extract()
                .path("id");
        Admin.get().execute("DROP SCHEMA empresa_" + slug);

        var resumed = Api.owner().post("/v1/companies/" + id + "/provision");

        resumed.then().statusCode(200).body("status", equalTo("active")).body("statusReason", equalTo(null));
        assertThat(Admin.get().query("SELECT * FROM core.company_schema_diff_v1(?)", "empresa_" + slug))
                .isEmpty();
    }

    @Test
    void a_company_whose_making_was_interrupted_is_finished() {
        UUID id = UUID.randomUUID();
        String slug = Api.unique("meia");
        Admin.get()
                .execute(
                        "INSERT INTO core.companies (id, slug, name, schema_name) VALUES (?, ?, 'Meia', ?)",
                        id,
                        slug,
                        "empresa_" + slug);

        var finished = Api.owner().post("/v1/companies/" + id + "/provision");

        finished.then().statusCode(200).body("status", equalTo("active"));
        Api.owner()
                .post("/v1/companies/" + id + "/provision")
                .then()
                .statusCode(200)
                .body("status", equalTo("active"));
        assertThat(Api.events(new Api.Made(id, slug))).containsExactly("company.lifecycle");
    }

    @Test
    void companies_are_listed_page_by_page() {
        Api.aCompany("lista");
        Api.aCompany("lista");

        String cursor = Api.owner()
                .queryParam("limit", 1)
                .get("/v1/companies")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("nextCursor", notNullValue())
                .extract()
                .path("nextCursor");

        Api.owner()
                .queryParam("limit", 1)
                .queryParam("cursor", cursor)
                .get("/v1/companies")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1));
        Api.owner().queryParam("cursor", "x").get("/v1/companies").then().statusCode(400);
        Api.owner().queryParam("limit", 1000).get("/v1/companies").then().statusCode(400);
    }

    @Test
    void bad_input_is_told_apart() {
        Api.owner()
                .body("{\"name\": ")
                .post("/v1/companies")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:centurions:problem:malformed-json"));
        Api.owner()
                .body(Map.of("slug", "semnome"))
                .post("/v1/companies")
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("name"));
        Api.owner()
                .body(Map.of("name", "X", "slug", "Não pode"))
                .post("/v1/companies")
                .then()
                .statusCode(400);
        // Offsets are read by Java alone, or the other way round by PostgreSQL.
        for (String zone : List.of("Marte/Olimpo", "+0530", "UTC+0530", "+03:00")) {
            Api.owner()
                    .body(Map.of("name", "Fuso", "timeZone", zone))
                    .post("/v1/companies")
                    .then()
                    .statusCode(400)
                    .body("type", equalTo("urn:centurions:problem:time-zone-unknown"));
        }
        for (String field : List.of("currency", "locale")) {
            Api.owner()
                    .body(Map.of("name", "Sem tal", field, field.equals("locale") ? "zz-ZZ" : "ZZZ"))
                    .post("/v1/companies")
                    .then()
                    .statusCode(400)
                    .body("errors.field", hasItem(field));
        }
        Api.owner().get("/v1/companies/" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void a_language_is_spelled_as_all_expect_it_in_a_new_company_and_in_a_change() {
        var company = Api.aCompany("lingua");
        var body = Map.of("name", "Língua", "timeZone", "America/Manaus", "locale", "pt-br", "currency", "BRL");

        for (var answer : List.of(
                Api.owner().body(body).post("/v1/companies"),
                Api.owner().header("If-Match", "*").body(body).put(company.path()))) {
            answer.then()
                    .statusCode(400)
                    .body("errors.field", contains("locale"))
                    .body("errors.message", contains("is spelled pt-BR by BCP 47"));
        }

        Admin.get().execute("UPDATE core.companies SET locale = 'pt-br' WHERE id = ?", company.id());
        Api.owner()
                .header("If-Match", "*")
                .body(body)
                .put(company.path())
                .then()
                .statusCode(200);
    }

    /** Java's list of names and the server's come from different releases. */
    @Test
    void a_time_zone_that_the_database_does_not_know_is_kept_nowhere() {
        var company = Api.aCompany("relogio");

        assertThatThrownBy(() -> Admin.get()
                        .execute("UPDATE core.companies SET time_zone = 'America/Brasilia' WHERE id = ?", company.id()))
                .hasStackTraceContaining("companies_time_zone_known");
        assertThat(
                        Admin.get()
                                .queryOne(
                                        "SELECT core.is_time_zone_v1('America/Sao_Paulo') AS known, "
                                                + "core.is_time_zone_v1('America/Brasilia') OR core.is_time_zone_v1('+03:00') AS unknown"))
                .containsEntry("known", true)
                .containsEntry("unknown", false);
    }
}
