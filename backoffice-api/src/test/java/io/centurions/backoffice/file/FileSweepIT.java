package io.centurions.backoffice.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.storage.ObjectRef;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.storage.StorageFull;
import io.centurions.platform.storage.StorageUnavailable;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files whose coming or going broke off, and a storage that does not have what the rows say. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class FileSweepIT {

    private static final Lease OURS = () -> true;

    @Inject
    Storage storage;

    @Inject
    CompareFiles compareFiles;

    @Inject
    @All
    List<OwnedJob> jobs;

    private Api.Made company;

    @BeforeEach
    void a_company() {
        company = Api.aCompany("varrida");
    }

    @Test
    void a_full_storage_is_507_and_leaves_nothing() {
        StorageInTheWay.of(storage, "put", new StorageFull("no room", null));

        Sent.file(Sent.picture("x"))
                .post(company.path() + "/files")
                .then()
                .statusCode(507)
                .body("type", endsWith("storage-full"));

        assertThat(Sent.states(company)).isEmpty();
    }

    @Test
    void a_storage_that_is_away_is_503_with_the_time_to_wait() {
        StorageInTheWay.of(storage, "put", new StorageUnavailable("away", null));

        Sent.file(Sent.picture("x"))
                .post(company.path() + "/files")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("type", endsWith("unavailable"));

        assertThat(Sent.states(company)).isEmpty();
    }

    @Test
    void a_replica_killed_between_object_and_row_leaves_nothing_once_the_sweep_has_come() {
        ObjectRef object = killedBeforeItsRow();
        UUID kept = Sent.kept(company, Sent.picture("fica"));

        run("sweep-files");
        assertThat(Sent.states(company)).as("it may still arrive").containsExactlyInAnyOrder("arriving", "kept");
        Sent.longAgo(company);
        run("sweep-files");

        assertThat(Sent.states(company)).containsExactly("kept");
        assertThat(storage.read(object)).isEmpty();
        assertThat(storage.read(Sent.object(company, kept))).isPresent();
    }

    @Test
    void a_file_that_is_still_arriving_is_seen_by_nobody() {
        ObjectRef object = killedBeforeItsRow();

        Sent.read(company, object.id()).then().statusCode(404);
        Api.owner().get(company.path() + "/files").then().body("items.size()", equalTo(0));
    }

    @Test
    void an_object_that_cannot_be_deleted_now_is_deleted_later_and_its_file_is_gone_at_once() {
        UUID id = Sent.kept(company, Sent.picture("x"));
        StorageInTheWay.of(storage, "delete", new StorageUnavailable("away", null));

        Api.owner()
                .header("If-Match", "*")
                .delete(company.path() + "/files/" + id)
                .then()
                .statusCode(204);
        Sent.read(company, id).then().statusCode(404);
        assertThat(Sent.states(company)).containsExactly("leaving");
        Sent.longAgo(company);
        run("sweep-files");
        assertThat(Sent.states(company)).as("still away").containsExactly("leaving");

        StorageInTheWay.noMore();
        Sent.longAgo(company);
        run("sweep-files");

        assertThat(Sent.states(company)).isEmpty();
        assertThat(storage.read(Sent.object(company, id))).isEmpty();
    }

    @Test
    void an_old_object_that_no_row_speaks_of_is_deleted_and_a_young_one_is_left() throws IOException {
        ObjectRef old = stray(Duration.ofDays(8));
        ObjectRef young = stray(Duration.ofDays(6));
        UUID kept = Sent.kept(company, Sent.picture("fica"));
        age(Sent.object(company, kept), Duration.ofDays(30));

        int odd = compareFiles.compare(OURS, CompanyId.of(company.id()));

        assertThat(odd).isOne();
        assertThat(storage.read(old)).isEmpty();
        assertThat(storage.read(young)).isPresent();
        assertThat(storage.read(Sent.object(company, kept))).isPresent();
    }

    @Test
    void a_row_whose_object_is_gone_says_so_and_is_well_again_when_it_is_back() throws IOException {
        UUID lost = Sent.kept(company, Sent.picture("some"));
        UUID kept = Sent.kept(company, Sent.picture("fica"));
        Path path = Sent.path(Sent.object(company, lost));
        Path elsewhere = Files.move(path, Files.createTempDirectory("backup").resolve("object"));

        assertThat(compareFiles.compare(OURS, CompanyId.of(company.id())))
                .as("it changed a moment ago")
                .isZero();
        Sent.longAgo(company);
        assertThat(compareFiles.compare(OURS, CompanyId.of(company.id()))).isOne();

        Sent.read(company, lost)
                .then()
                .statusCode(200)
                .body("state", equalTo("lost"))
                .body("url", equalTo(null));
        Sent.read(company, kept).then().body("state", equalTo("kept"));

        Files.move(elsewhere, path);
        compareFiles.compare(OURS, CompanyId.of(company.id()));
        Sent.read(company, lost).then().body("state", equalTo("kept")).body("url", notNullValue());
    }

    @Test
    void the_job_compares_every_company() throws IOException {
        ObjectRef old = stray(Duration.ofDays(8));

        run("compare-files");

        assertThat(storage.read(old)).isEmpty();
    }

    private ObjectRef killedBeforeItsRow() {
        ObjectRef object = Sent.object(company, UUID.randomUUID());
        Admin.get()
                .execute(
                        "INSERT INTO core.files (company_id, id, name, purpose) VALUES (?, ?, 'x', 'other')",
                        company.id(),
                        object.id());
        storage.put(object, new ByteArrayInputStream(Sent.picture("pela metade")));
        return object;
    }

    private ObjectRef stray(Duration age) throws IOException {
        ObjectRef object = Sent.object(company, UUID.randomUUID());
        storage.put(object, new ByteArrayInputStream(Sent.picture("de ninguém")));
        age(object, age);
        return object;
    }

    private static void age(ObjectRef object, Duration age) throws IOException {
        Files.setLastModifiedTime(Sent.path(object), FileTime.from(Instant.now().minus(age)));
    }

    private void run(String name) {
        jobs.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow()
                .run(OURS);
    }
}
