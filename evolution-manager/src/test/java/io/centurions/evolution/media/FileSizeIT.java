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
import io.centurions.platform.webhooks.LargeBodies;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of files that are large, or are said to be. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class FileSizeIT {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final byte[] PICTURE = new byte[200_000];

    @Inject
    @All
    List<OwnedJob> jobs;

    @Test
    void a_file_that_its_message_says_to_be_too_large_ends_without_being_fetched() {
        TestInstance instance = TestInstance.connected("toolarge");
        String body = fixture(instance, "messages-upsert-audio-ptt").replace("54321", "16777217");

        post(instance, body);

        await().atMost(SOON).until(() -> instance.events("media.stored") == 1);
        assertThat(end(instance)).containsEntry("state", "failed").containsEntry("failure", "too_large");
        assertThat(fetches(instance)).isZero();
    }

    @Test
    void a_file_that_its_message_says_to_be_smaller_than_it_is_is_kept_all_the_same() {
        TestInstance instance = TestInstance.connected("lies");
        writePicture(instance);
        forget(instance, 1);
        long before = fetches(instance);

        await().atMost(SOON).until(() -> sweptAndCount(instance) == 1);

        assertThat(end(instance)).containsEntry("state", "stored").containsEntry("bytes", (long) PICTURE.length);
        assertThat(fetches(instance) - before)
                .as("once with what was said, once with room for more")
                .isEqualTo(2);
    }

    @Test
    void a_file_too_large_by_its_message_and_left_behind_ends_without_being_fetched() {
        TestInstance instance = TestInstance.connected("leftlarge");
        writePicture(instance);
        forget(instance, 16_777_217);
        long before = fetches(instance);

        await().atMost(SOON).until(() -> {
            sweptAndCount(instance);
            return instance.events("media.stored") == 1;
        });

        assertThat(end(instance)).containsEntry("state", "failed").containsEntry("failure", "too_large");
        assertThat(fetches(instance)).isEqualTo(before);
    }

    @Test
    void a_large_file_that_came_along_is_fetched_as_if_it_had_not() {
        TestInstance instance = TestInstance.connected("inlinelarge");
        // More than the longest text that is read.
        String file = Base64.getEncoder().encodeToString(new byte[15_500_000]);

        post(
                instance,
                fixture(instance, "messages-upsert-image-base64")
                        .replace("/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQ==", file));

        assertThat(instance.count("messages")).isOne();
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT state, length(body) < 10000 AS small FROM core.webhook_inbox_evolution WHERE company_id = ?",
                                instance.company().company().value()))
                .containsEntry("state", "applied")
                .containsEntry("small", true);
        await().atMost(SOON).until(() -> fetches(instance) > 0);
    }

    @Test
    void a_webhook_that_is_larger_than_anything_that_says_something_is_parked_unread() {
        TestInstance instance = TestInstance.connected("unreadlarge");

        post(
                instance,
                fixture(instance, "messages-upsert-image-base64")
                        .replace("image/jpeg", "ç".repeat(LargeBodies.READABLE_BYTES / 2)));

        assertThat(instance.count("messages")).isZero();
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT state, reason FROM core.webhook_inbox_evolution WHERE company_id = ?",
                                instance.company().company().value()))
                .containsEntry("state", "parked")
                .containsEntry("reason", "too_large");
    }

    private static String fixture(TestInstance instance, String name) {
        return new String(Fixture.webhook(name), StandardCharsets.UTF_8)
                .replace("\"tenant-a\"", '"' + instance.name() + '"');
    }

    private static void post(TestInstance instance, String body) {
        assertThat(instance.largeWebhook(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(200);
    }

    private static void writePicture(TestInstance instance) {
        Simulated.write(
                instance.name(),
                Map.of(
                        "from",
                        "5511999990002",
                        "name",
                        "Maria",
                        "id",
                        "PIC-" + instance.name(),
                        "media",
                        Map.of(
                                "kind", "image",
                                "mimetype", "image/png",
                                "fileName", "foto.png",
                                "base64", Base64.getEncoder().encodeToString(PICTURE))));
        await().atMost(SOON).until(() -> instance.count("media_files") == 1);
    }

    /** As if the replica had died between the webhook and the fetch, of a message that says its file to have so many bytes. */
    private static void forget(TestInstance instance, long bytes) {
        for (String table : List.of("media_files", "media", "outbox_evolution")) {
            Admin.get()
                    .execute(
                            "DELETE FROM core." + table + " WHERE company_id = ?",
                            instance.company().company().value());
        }
        Admin.get()
                .execute(
                        "UPDATE core.messages SET media = media || jsonb_build_object('bytes', ?::bigint) WHERE company_id = ?",
                        bytes,
                        instance.company().company().value());
    }

    private static Map<String, Object> end(TestInstance instance) {
        return Admin.get()
                .queryOne(
                        "SELECT state, failure, bytes FROM core.media WHERE company_id = ?",
                        instance.company().company().value());
    }

    private long sweptAndCount(TestInstance instance) {
        jobs.stream().filter(job -> job.name().equals("sweep-media")).forEach(job -> job.run(() -> true));
        return instance.count("media_files");
    }

    private static long fetches(TestInstance instance) {
        return Simulated.calls().stream()
                .filter(path -> path.contains("/chat/getBase64FromMediaMessage/" + instance.name()))
                .count();
    }
}
