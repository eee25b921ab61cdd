package io.centurions.evolution.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.Simulated;
import io.centurions.evolution.TestInstance;
import io.centurions.evolution.evolution.Fixture;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class MediaIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int HANGING = 12;
    private static final byte[] PICTURE = "not really a picture".getBytes(StandardCharsets.UTF_8);

    @Inject
    @All
    List<OwnedJob> jobs;

    @AfterEach
    void heal() {
        Simulated.noFaults();
    }

    @Test
    void a_picture_is_fetched_after_its_message_is_stored() {
        TestInstance instance = TestInstance.connected("pic");

        writePicture(instance, "PIC-1");

        await().atMost(SOON).until(() -> instance.events("media.stored") == 1);
        assertThat(Admin.get().queryOne("""
                                SELECT m.state, m.mime_type, m.bytes, f.content
                                  FROM core.media m JOIN core.media_files f USING (company_id, message_id)
                                 WHERE m.company_id = ?
                                """, instance.company().company().value()))
                .containsEntry("state", "stored")
                .containsEntry("mime_type", "image/png")
                .containsEntry("bytes", (long) PICTURE.length)
                .containsEntry("content", PICTURE);
    }

    @Test
    void a_file_whose_first_fetch_fails_is_fetched_again_without_a_sweep() {
        TestInstance instance = TestInstance.connected("again");
        Simulated.fault(fault(instance, Map.of("status", 500, "times", 1)));

        writePicture(instance, "PIC-2");

        await().atMost(SOON).until(() -> instance.count("media_files") == 1);
        assertThat(fetches(instance)).isEqualTo(2);
    }

    @Test
    void a_file_that_could_not_be_fetched_in_time_is_fetched_by_the_sweep() {
        TestInstance instance = TestInstance.connected("sweep");
        Simulated.fault(fault(instance, Map.of("status", 503)));
        writePicture(instance, "PIC-3");
        await().atMost(SOON).until(() -> isLeftBehind(instance));

        Simulated.noFaults();

        await().atMost(SOON).until(() -> sweptAndCount(instance, "media_files") == 1);
        sweep();
        assertThat(instance.events("media.stored")).isOne();
    }

    @Test
    void a_company_whose_downloads_hang_does_not_delay_anothers_file() {
        TestInstance slow = TestInstance.connected("slow");
        TestInstance quick = TestInstance.connected("quick");
        hangAndWrite(slow);

        writePicture(quick, "PIC-4");

        await().atMost(SOON).until(() -> quick.count("media_files") == 1);
        assertThat(slow.count("media_files")).as("those that hang").isZero();
        everyFileArrives(slow);
    }

    @Test
    void a_company_whose_downloads_hang_does_not_keep_the_sweep_from_anothers_file() {
        TestInstance slow = TestInstance.connected("slowsweep");
        TestInstance quick = TestInstance.connected("quicksweep");
        writePicture(quick, "PIC-5");
        await().atMost(SOON).until(() -> quick.count("media_files") == 1);
        neverFetched(quick);
        hangAndWrite(slow);

        await().atMost(SOON).until(() -> sweptAndCount(quick, "media_files") == 1);

        assertThat(slow.count("media_files")).as("those that hang").isZero();
        everyFileArrives(slow);
    }

    @Test
    void one_companys_many_files_hide_no_other_companys_from_the_sweep() {
        TestInstance many = TestInstance.connected("many");
        TestInstance one = TestInstance.connected("one");
        for (int n = 0; n < 3; n++) {
            writePicture(many, "MANY-" + n);
        }
        writePicture(one, "ONE");
        await().atMost(SOON).until(() -> many.count("media_files") + one.count("media_files") == 4);
        // In a year where nobody else's files are.
        leftBehindAt(many, "2020-01-01 12:00Z");
        leftBehindAt(one, "2020-01-01 12:05Z");

        List<Map<String, Object>> found = Admin.get()
                .query("SELECT company_id FROM core.media_left_behind_v2(2, '1 s', '1 h', '2020-01-01 12:10Z')");

        assertThat(found)
                .extracting(row -> row.get("company_id"))
                .containsExactly(
                        many.company().company().value(),
                        one.company().company().value());
    }

    @Test
    void a_file_that_the_server_does_not_have_ends_as_failed() {
        TestInstance instance = TestInstance.connected("gonefile");
        String body = new String(Fixture.webhook("messages-upsert-audio-ptt"), StandardCharsets.UTF_8)
                .replace("\"tenant-a\"", '"' + instance.name() + '"');

        instance.webhook(body.getBytes(StandardCharsets.UTF_8), instance.secret())
                .statusCode(200);

        await().atMost(SOON).until(() -> {
            sweep();
            return instance.events("media.stored") == 1;
        });
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT state, failure FROM core.media WHERE company_id = ?",
                                instance.company().company().value()))
                .containsEntry("state", "failed")
                .containsEntry("failure", "http_400");
    }

    @Test
    void a_file_that_came_along_is_kept_without_asking() {
        TestInstance instance = TestInstance.connected("inline");
        String body = new String(Fixture.webhook("messages-upsert-image-base64"), StandardCharsets.UTF_8)
                .replace("\"tenant-a\"", '"' + instance.name() + '"');

        instance.webhook(body.getBytes(StandardCharsets.UTF_8), instance.secret())
                .statusCode(200);

        await().atMost(SOON).until(() -> instance.count("media_files") == 1);
        assertThat(Simulated.calls())
                .noneMatch(path -> path.contains("/chat/getBase64FromMediaMessage/" + instance.name()));
    }

    @Test
    void a_file_whose_replica_died_before_the_fetch_is_fetched_once() {
        TestInstance instance = TestInstance.connected("deadfetch");
        writePicture(instance, "PIC-6");
        await().atMost(SOON).until(() -> instance.count("media_files") == 1);
        neverFetched(instance);

        await().atMost(SOON).until(() -> sweptAndCount(instance, "media_files") == 1);
        sweep();
        sweep();

        assertThat(instance.count("media_files")).isOne();
        assertThat(instance.events("media.stored")).isOne();
    }

    /** What happens to the downloads of one instance. */
    private static Map<String, Object> fault(TestInstance instance, Map<String, Object> what) {
        Map<String, Object> fault = new HashMap<>(what);
        fault.put("provider", "evolution");
        fault.put("path", path(instance));
        return fault;
    }

    private static String path(TestInstance instance) {
        return "/chat/getBase64FromMediaMessage/" + instance.name();
    }

    private static long fetches(TestInstance instance) {
        return Simulated.calls().stream()
                .filter(path -> path.contains(path(instance)))
                .count();
    }

    /** More files than there are places, all of which hang until they are healed, and the company has all the places it gets. */
    private static void hangAndWrite(TestInstance slow) {
        Simulated.fault(fault(slow, Map.of("hangs", true)));
        for (int n = 0; n < HANGING; n++) {
            writePicture(slow, "SLOW-" + n);
        }
        await().atMost(SOON).until(() -> fetches(slow) >= 2);
    }

    // Also, so that none of its calls still has a place in the next test.
    private void everyFileArrives(TestInstance slow) {
        Simulated.noFaults();
        await().atMost(SOON.multipliedBy(2)).until(() -> sweptAndCount(slow, "media_files") == HANGING);
    }

    /** As if the replica had died between the webhook and the fetch. */
    private static void neverFetched(TestInstance instance) {
        for (String table : List.of("media_files", "media", "outbox_evolution")) {
            Admin.get()
                    .execute(
                            "DELETE FROM core." + table + " WHERE company_id = ?",
                            instance.company().company().value());
        }
    }

    private static void leftBehindAt(TestInstance instance, String time) {
        neverFetched(instance);
        Admin.get()
                .execute(
                        "UPDATE core.messages SET created_at = ?::timestamptz WHERE company_id = ?",
                        time,
                        instance.company().company().value());
    }

    /** For so long that whoever stored its message has ended trying. */
    private static boolean isLeftBehind(TestInstance instance) {
        return Admin.get()
                        .count(
                                "SELECT count(*) FROM core.media_left_behind_v2(1000, '2 s', '1 h') WHERE company_id = ?",
                                instance.company().company().value())
                == 1;
    }

    private long sweptAndCount(TestInstance instance, String table) {
        sweep();
        return instance.count(table);
    }

    private void sweep() {
        jobs.stream().filter(job -> job.name().equals("sweep-media")).forEach(job -> job.run(() -> true));
    }

    private static void writePicture(TestInstance instance, String id) {
        Simulated.write(
                instance.name(),
                Map.of(
                        "from",
                        "5511933330001",
                        "name",
                        "Maria",
                        "id",
                        id,
                        "media",
                        Map.of(
                                "kind", "image",
                                "mimetype", "image/png",
                                "fileName", "foto.png",
                                "base64", Base64.getEncoder().encodeToString(PICTURE))));
    }
}
