package io.centurions.backoffice.file;

import io.centurions.backoffice.Api;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.testkit.Admin;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** Files as tests send them, and where they are then. */
final class Sent {

    private Sent() {}

    /** A picture as far as its first bytes go; different words make different pictures. */
    static byte[] picture(String word) {
        byte[] begin = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");
        byte[] rest = word.getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(begin, begin.length + rest.length);
        System.arraycopy(rest, 0, whole, begin.length, rest.length);
        return whole;
    }

    static RequestSpecification file(byte[] content) {
        return Api.owner().contentType("application/octet-stream").body(content);
    }

    /** Sent piece by piece, without telling its length before. */
    static HttpResponse<String> streamed(Api.Made company, byte[] content) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + company.path() + "/files"))
                .header("Authorization", "Bearer " + Api.token("company_admin", company.id()))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while a file was sent", e);
        }
    }

    /** The id of a file that is kept now. */
    static UUID kept(Api.Made company, byte[] content) {
        String id = file(content)
                .post(company.path() + "/files")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return UUID.fromString(id);
    }

    /** The address that a file is given out with. */
    static String address(Api.Made company, UUID file) {
        return read(company, file).then().statusCode(200).extract().path("url");
    }

    static Response read(Api.Made company, UUID file) {
        return Api.owner().get(company.path() + "/files/" + file);
    }

    static ObjectRef object(Api.Made company, UUID file) {
        return new ObjectRef(CompanyId.of(company.id()), file);
    }

    /** Where the object is on the disk. */
    static Path path(ObjectRef object) {
        return Path.of(ConfigProvider.getConfig().getValue("centurions.storage.folder.path", String.class))
                .resolve(object.key());
    }

    /** States of the rows of a company. */
    static List<String> states(Api.Made company) {
        return Admin.get().query("SELECT state FROM core.files WHERE company_id = ? ORDER BY id", company.id()).stream()
                .map(row -> (String) row.get("state"))
                .toList();
    }

    /** As if everything about the company's files had happened hours ago. */
    static void longAgo(Api.Made company) {
        Admin.get()
                .execute(
                        "UPDATE core.files SET updated_at = updated_at - interval '3 h' WHERE company_id = ?",
                        company.id());
    }
}
