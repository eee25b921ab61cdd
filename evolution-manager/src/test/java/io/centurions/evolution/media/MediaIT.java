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
    void a_file_that_could_not_be_fetched_at_once_is_fetched_by_the_sweep() {
        TestInstance instance = TestInstance.connected("sweep");
        Simulated.fault(
                Map.of("provider", "evolution", "path", "/chat/getBase64FromMediaMessage", "status", 503, "times", 1));

        writePicture(instance, "PIC-2");

        await().atMost(SOON).until(() -> sweptAndCount(instance, "media_files") == 1);
        sweep();
        assertThat(instance.events("media.stored")).isOne();
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
        Simulated.fault(
                Map.of("provider", "evolution", "path", "/chat/getBase64FromMediaMessage", "status", 503, "times", 1));
        writePicture(instance, "PIC-3");
        // The first attempt is over and has left nothing behind: as if nobody had ever tried.
        await().atMost(SOON)
                .until(() -> Simulated.calls().stream()
                        .anyMatch(path -> path.contains("/chat/getBase64FromMediaMessage/" + instance.name())));

        await().atMost(SOON).until(() -> sweptAndCount(instance, "media_files") == 1);
        sweep();
        sweep();

        assertThat(instance.count("media_files")).isOne();
        assertThat(instance.events("media.stored")).isOne();
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
