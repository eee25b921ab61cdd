package io.centurions.backoffice.file;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.platform.storage.Download;
import io.centurions.platform.storage.folder.Links;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses of files, as they are given, as somebody might change them, and too late. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class PublicFileIT {

    @Inject
    Links links;

    private Api.Made company;
    private UUID file;
    private String address;

    @BeforeEach
    void a_file_with_an_address() {
        company = Api.aCompany("publica");
        file = Sent.kept(company, Sent.picture("da empresa"));
        address = Sent.address(company, file);
    }

    @Test
    void an_address_needs_no_token() {
        get(address).statusCode(200);
    }

    @Test
    void an_address_of_one_file_opens_no_other_one_and_no_other_companys() {
        UUID sibling = Sent.kept(company, Sent.picture("outra"));
        var other = Api.aCompany("outra");
        UUID foreign = Sent.kept(other, Sent.picture("deles"));

        refused(address.replace(file.toString(), sibling.toString()));
        refused(address.replace(company.id().toString(), other.id().toString()));
        refused(address.replace(company.id().toString(), other.id().toString())
                .replace(file.toString(), foreign.toString()));
    }

    @Test
    void nothing_of_an_address_can_be_changed() {
        refused(address.replace("image%2Fpng", "text%2Fhtml"));
        refused(address.replace("name=file", "name=file.html"));
        refused(address.replaceFirst("expires=\\d", "expires=9"));
        refused(address.replaceFirst("signature=.", "signature="));
        refused(address.replaceFirst("&name=[^&]*", ""));
        given().urlEncodingEnabled(false).head(address).then().statusCode(403);
    }

    @Test
    void an_address_that_has_expired_says_so() {
        String late = links.sign(
                        Sent.object(company, file),
                        new Download("a.png", "image/png"),
                        Instant.now().minusSeconds(1))
                .toString();

        get(late).statusCode(403).contentType("application/problem+json").body("type", endsWith("link-expired"));
    }

    @Test
    void an_address_without_a_signature_leads_nowhere() {
        get(address.substring(0, address.indexOf('?'))).statusCode(404);
    }

    @Test
    void a_text_comes_as_a_text_to_be_saved() {
        UUID text = Sent.kept(company, "Preço;10\nAção".getBytes(StandardCharsets.UTF_8));

        String given = get(Sent.address(company, text))
                .statusCode(200)
                .header("Content-Type", equalTo("text/plain;charset=utf-8"))
                .header("Content-Disposition", startsWith("attachment; "))
                .extract()
                .asString();

        assertThat(given).isEqualTo("Preço;10\nAção");
    }

    private static void refused(String address) {
        get(address)
                .statusCode(403)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:centurions:problem:link-invalid"));
    }

    private static ValidatableResponse get(String address) {
        return given().urlEncodingEnabled(false).get(address).then();
    }
}
