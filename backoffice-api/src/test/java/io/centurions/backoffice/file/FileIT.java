package io.centurions.backoffice.file;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class FileIT {

    private static final int BYTES_MAX = 26_214_400;

    @Inject
    Storage storage;

    private Api.Made company;

    @BeforeEach
    void a_company() {
        company = Api.aCompany("arquivos");
    }

    @Test
    void a_file_is_kept_and_given_out_as_what_it_is() {
        byte[] picture = Sent.picture("uma foto");

        String id = Sent.file(picture)
                .queryParam("name", "minha foto.png")
                .queryParam("purpose", "media")
                .post(company.path() + "/files")
                .then()
                .statusCode(201)
                .header("Location", containsString(company.path() + "/files/"))
                .header("ETag", equalTo("\"1\""))
                .body("name", equalTo("minha foto.png"))
                .body("purpose", equalTo("media"))
                .body("type", equalTo("image/png"))
                .body("bytes", equalTo(picture.length))
                .body("sha256.length()", equalTo(64))
                .body("state", equalTo("kept"))
                .body("url", startsWith("/public/files/" + company.id() + "/"))
                .body("urlExpiresAt", notNullValue())
                .extract()
                .path("id");

        byte[] given = given().urlEncodingEnabled(false)
                .get(Sent.address(company, UUID.fromString(id)))
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("image/png"))
                .header("Content-Disposition", startsWith("inline; filename=\"minha foto.png\""))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Content-Security-Policy", containsString("sandbox"))
                .header("Cache-Control", containsString("no-store"))
                .extract()
                .asByteArray();
        assertThat(given).isEqualTo(picture);
    }

    @Test
    void files_are_listed_newest_first_by_purpose_and_without_addresses() {
        UUID first = Sent.kept(company, Sent.picture("1"));
        UUID second = Sent.kept(company, Sent.picture("2"));
        Sent.file(Sent.picture("3"))
                .queryParam("purpose", "knowledge")
                .post(company.path() + "/files")
                .then()
                .statusCode(201);

        String cursor = Api.owner()
                .queryParam("purpose", "other")
                .queryParam("limit", 1)
                .get(company.path() + "/files")
                .then()
                .statusCode(200)
                .body("items.id", contains(second.toString()))
                .body("items[0].url", equalTo(null))
                .extract()
                .path("nextCursor");
        Api.owner()
                .queryParam("purpose", "other")
                .queryParam("cursor", cursor)
                .get(company.path() + "/files")
                .then()
                .body("items.id", contains(first.toString()))
                .body("nextCursor", equalTo(null));
        Api.owner().get(company.path() + "/files").then().body("items.size()", equalTo(3));
        Api.owner()
                .queryParam("purpose", "Média")
                .get(company.path() + "/files")
                .then()
                .statusCode(400);
    }

    @Test
    void what_a_file_is_is_not_taken_from_its_sender() {
        byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);

        Sent.file(page)
                .queryParam("name", "foto.png")
                .post(company.path() + "/files")
                .then()
                .statusCode(415)
                .body("type", equalTo("urn:centurions:problem:unsupported-type"));
        Api.owner()
                .contentType("text/plain")
                .body("<html><script>alert(1)</script></html>")
                .post(company.path() + "/files")
                .then()
                .statusCode(415);
        Api.owner()
                .multiPart("file", "foto.png", Sent.picture("x"))
                .contentType("multipart/form-data")
                .post(company.path() + "/files")
                .then()
                .statusCode(415);
        Sent.file(new byte[0]).post(company.path() + "/files").then().statusCode(400);

        assertThat(Sent.states(company)).isEmpty();
        assertThat(storage.list(CompanyId.of(company.id()), null, 10)).isEmpty();
    }

    @Test
    void a_file_that_is_too_large_is_refused_and_nothing_of_it_stays() {
        byte[] large = Arrays.copyOf(Sent.picture("grande"), BYTES_MAX + 1);

        var refused = Sent.streamed(company, large);
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("urn:centurions:problem:too-large");

        assertThat(Sent.states(company)).isEmpty();
        assertThat(storage.list(CompanyId.of(company.id()), null, 10)).isEmpty();

        assertThat(Sent.streamed(company, Arrays.copyOf(large, BYTES_MAX)).statusCode())
                .isEqualTo(201);
    }

    @Test
    void a_name_is_for_people_and_leads_nowhere() {
        Sent.file(Sent.picture("x"))
                .queryParam("name", "../../etc/passwd\r\n\"x\".png")
                .post(company.path() + "/files")
                .then()
                .statusCode(201)
                .body("name", equalTo(".._.._etc_passwd__\"x\".png"));
        Sent.file(Sent.picture("x"))
                .queryParam("name", "n".repeat(300))
                .post(company.path() + "/files")
                .then()
                .statusCode(201)
                .body("name.length()", equalTo(200));
    }

    @Test
    void a_repeated_request_keeps_one_file_and_another_file_under_its_key_is_refused() {
        String key = UUID.randomUUID().toString();
        String first = Sent.file(Sent.picture("uma"))
                .header("Idempotency-Key", key)
                .post(company.path() + "/files")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        Sent.file(Sent.picture("uma"))
                .header("Idempotency-Key", key)
                .post(company.path() + "/files")
                .then()
                .statusCode(201)
                .header("Idempotent-Replay", equalTo("true"))
                .body("id", equalTo(first));
        Sent.file(Sent.picture("outra"))
                .header("Idempotency-Key", key)
                .post(company.path() + "/files")
                .then()
                .statusCode(409)
                .body("type", endsWith("idempotency-key-reused"));

        assertThat(Sent.states(company)).containsExactly("kept");
        assertThat(storage.list(CompanyId.of(company.id()), null, 10)).hasSize(1);
    }

    @Test
    void a_deleted_file_is_gone_with_its_object_and_its_addresses() {
        UUID id = Sent.kept(company, Sent.picture("x"));
        String path = company.path() + "/files/" + id;
        String address = Sent.address(company, id);

        Api.owner().delete(path).then().statusCode(428);
        Api.owner().header("If-Match", "\"7\"").delete(path).then().statusCode(412);
        Api.owner().header("If-Match", "\"1\"").delete(path).then().statusCode(204);

        Api.owner().get(path).then().statusCode(404);
        Api.owner().header("If-Match", "*").delete(path).then().statusCode(404);
        given().urlEncodingEnabled(false).get(address).then().statusCode(404);
        assertThat(Sent.states(company)).isEmpty();
        assertThat(storage.read(Sent.object(company, id))).isEmpty();
    }

    @Test
    void who_did_what_is_kept_without_the_name_of_the_file() {
        UUID id = Sent.kept(company, Sent.picture("x"));
        Api.owner()
                .header("If-Match", "*")
                .delete(company.path() + "/files/" + id)
                .then()
                .statusCode(204);

        Api.owner()
                .queryParam("target", id)
                .get(company.path() + "/audit")
                .then()
                .statusCode(200)
                .body("items.action", hasItems("file.create", "file.delete"))
                .body("items.find { it.action == 'file.create' }.after.type", equalTo("image/png"))
                .body("items.find { it.action == 'file.create' }.after.sha256", notNullValue())
                .body("items.find { it.action == 'file.create' }.after.name", equalTo(null));
    }

    @Test
    void another_companys_file_is_not_there_whoever_asks() {
        var other = Api.aCompany("alheia");
        UUID foreign = Sent.kept(other, Sent.picture("deles"));

        Api.owner().get(company.path() + "/files/" + foreign).then().statusCode(404);
        Api.owner()
                .header("If-Match", "*")
                .delete(company.path() + "/files/" + foreign)
                .then()
                .statusCode(404);
        Api.as("company_admin", company.id())
                .get(other.path() + "/files/" + foreign)
                .then()
                .statusCode(404)
                .body("detail", equalTo("company not found"));
        Api.as("crm_user", company.id()).get(company.path() + "/files").then().statusCode(403);

        assertThat(storage.read(Sent.object(other, foreign))).isPresent();
    }
}
