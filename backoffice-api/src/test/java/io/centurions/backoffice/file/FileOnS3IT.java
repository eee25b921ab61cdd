package io.centurions.backoffice.file;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The same API where an installation keeps files in a bucket: addresses lead to the bucket's own server. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
@QuarkusTestResource(value = S3Bucket.class, restrictToAnnotatedClass = true)
class FileOnS3IT {

    @Inject
    Storage storage;

    @Inject
    @All
    List<OwnedJob> jobs;

    @Test
    void a_file_is_kept_in_the_bucket_given_out_by_it_and_deleted_from_it() {
        var company = Api.aCompany("balde");
        byte[] picture = Sent.picture("na nuvem");
        UUID id = Sent.kept(company, picture);

        String address = Sent.address(company, id);
        byte[] got = given().urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("image/png"))
                .header("Content-Disposition", startsWith("inline; "))
                .extract()
                .asByteArray();

        assertThat(got).isEqualTo(picture);
        assertThat(storage.list(CompanyId.of(company.id()), null, 10)).hasSize(1);
        assertThat(given().urlEncodingEnabled(false)
                        .get(address.replace(id.toString(), UUID.randomUUID().toString()))
                        .statusCode())
                .isEqualTo(403);
        Api.owner()
                .header("If-Match", "*")
                .delete(company.path() + "/files/" + id)
                .then()
                .statusCode(204);
        assertThat(storage.read(Sent.object(company, id))).isEmpty();
        given().urlEncodingEnabled(false).get(address).then().statusCode(404);
    }

    @Test
    void a_company_has_its_part_of_the_bucket_which_the_probe_cannot_leave() {
        var company = Api.aCompany("parte");

        assertThat(storage.close(CompanyId.of(company.id()))).isTrue();
        jobs.stream()
                .filter(job -> job.name().equals("isolation-probe"))
                .findFirst()
                .orElseThrow()
                .run(() -> true);
    }

    @Test
    void our_own_door_for_files_is_closed() {
        var company = Api.aCompany("porta");
        UUID id = Sent.kept(company, Sent.picture("x"));

        given().get("/public/files/" + company.id() + "/" + id
                        + "?expires=9999999999&type=image/png&name=a&signature=x")
                .then()
                .statusCode(403);
    }
}
