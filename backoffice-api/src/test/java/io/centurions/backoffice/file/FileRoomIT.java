package io.centurions.backoffice.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.centurions.backoffice.Api;
import io.centurions.backoffice.WithNeighbours;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.storage.Storage;
import io.centurions.platform.storage.StorageUnavailable;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many bytes of files a company's plan has room for. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class FileRoomIT {

    private static final int ONE = Sent.picture("0").length;

    @Inject
    Storage storage;

    @Inject
    SettleFile settleFile;

    private Api.Made company;

    @BeforeEach
    void a_company() {
        company = Api.aCompany("espaco");
    }

    @Test
    void of_many_files_that_come_at_once_as_many_are_kept_as_there_is_room_for() throws Exception {
        room(2 * ONE + 1, "block");
        String token = Api.token("company_admin", company.id());
        var together = new CyclicBarrier(6);
        List<Future<Integer>> all = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (int number = 0; number < 6; number++) {
                byte[] picture = Sent.picture(String.valueOf(number));
                all.add(threads.submit(() -> {
                    together.await();
                    return Api.with(token)
                            .contentType("application/octet-stream")
                            .body(picture)
                            .post(company.path() + "/files")
                            .statusCode();
                }));
            }
        }

        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> one : all) {
            answers.add(one.get());
        }
        assertThat(answers).containsExactlyInAnyOrder(201, 201, 409, 409, 409, 409);
        assertThat(Sent.states(company)).containsExactly("kept", "kept");
        assertThat(storage.list(CompanyId.of(company.id()), null, 10)).hasSize(2);
        used(2 * ONE);
    }

    @Test
    void what_is_beyond_the_room_is_refused_and_nothing_of_it_stays() {
        room(2 * ONE - 1, "block");
        Sent.kept(company, Sent.picture("1"));

        sent("2", UUID.randomUUID()).statusCode(409).body("type", equalTo("urn:centurions:problem:plan-limit-reached"));

        assertThat(Sent.states(company)).containsExactly("kept");
        assertThat(storage.list(CompanyId.of(company.id()), null, 10)).hasSize(1);
    }

    @Test
    void who_has_no_room_left_is_told_before_the_file_is_looked_at() {
        room(ONE, "block");
        Sent.kept(company, Sent.picture("1"));

        Sent.file("nothing that is taken".getBytes(StandardCharsets.UTF_8))
                .post(company.path() + "/files")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:centurions:problem:plan-limit-reached"));
    }

    @Test
    void a_repeat_keeps_nothing_so_it_needs_no_room() {
        room(ONE, "block");
        UUID key = UUID.randomUUID();
        String first = sent("1", key).statusCode(201).extract().path("id");

        sent("1", key).statusCode(201).header("Idempotent-Replay", "true").body("id", equalTo(first));
    }

    @Test
    void a_refused_request_may_come_again_once_there_is_room() {
        room(ONE, "block");
        UUID first = Sent.kept(company, Sent.picture("1"));
        UUID key = UUID.randomUUID();
        sent("2", key).statusCode(409);

        deleted(first).statusCode(204);

        sent("2", key).statusCode(201);
    }

    @Test
    void a_deleted_file_takes_room_until_its_object_is_gone() {
        room(ONE, "block");
        UUID first = Sent.kept(company, Sent.picture("1"));
        StorageInTheWay.of(storage, "delete", new StorageUnavailable("away", null));
        try {
            deleted(first).statusCode(204);
            sent("2", UUID.randomUUID()).statusCode(409);
        } finally {
            StorageInTheWay.noMore();
        }
        used(ONE);

        settleFile.settle(CompanyId.of(company.id()), first);

        used(0);
        sent("2", UUID.randomUUID()).statusCode(201);
    }

    @Test
    void a_limit_that_does_not_block_stops_nobody() {
        for (String then : List.of("notify", "allow")) {
            room(0, then);
            sent(then, UUID.randomUUID()).statusCode(201);
        }
    }

    private ValidatableResponse sent(String word, UUID key) {
        return Sent.file(Sent.picture(word))
                .header("Idempotency-Key", key)
                .post(company.path() + "/files")
                .then();
    }

    private ValidatableResponse deleted(UUID file) {
        return Api.owner()
                .header("If-Match", "*")
                .delete(company.path() + "/files/" + file)
                .then();
    }

    private void room(int bytes, String then) {
        Api.owner()
                .header("If-Match", "*")
                .body("{\"limits\": {\"fileBytes\": {\"most\": %d, \"then\": \"%s\"}}}".formatted(bytes, then))
                .put(company.path() + "/plan")
                .then()
                .statusCode(200);
    }

    private void used(int bytes) {
        Api.owner()
                .get(company.path() + "/usage")
                .then()
                .statusCode(200)
                .body("limits.find { it.what == 'fileBytes' }.used", equalTo(bytes));
    }
}
