package io.centurions.runtime.intake.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.Scene;
import io.centurions.runtime.intake.InstanceAddress;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class UnstorableUpdateIT {

    @Inject
    Secrets secrets;

    @Inject
    PollBot poll;

    private Scene scene;

    @AfterEach
    void close() {
        scene.faultsEnd();
    }

    @Test
    void an_update_that_can_never_be_stored_is_kept_raw_and_blocks_nobody() {
        scene = Scene.open("http://unused", secrets).withPolledBot();
        // The first was written some three hundred thousand years from now.
        scene.fault("{\"provider\":\"telegram\",\"path\":\"getUpdates\",\"status\":200,\"times\":1,\"body\":"
                + "{\"ok\":true,\"result\":[%s,%s]}}"
                        .formatted(update(500, 9_999_999_999_999L), update(501, 1_795_162_400L)));

        PollBot.Next next = poll.poll(
                new InstanceAddress(scene.demo.telegram(), scene.demo.company(), "telegram", false, new byte[0]),
                0,
                () -> true);

        assertThat(next.offset()).isEqualTo(502);
        assertThat(Admin.get()
                        .query(
                                "SELECT text FROM core.messages WHERE company_id = ? AND direction = 'in'",
                                scene.demo.company().value()))
                .extracting(row -> row.get("text"))
                .containsExactly("oi 501");
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT reason FROM core.webhook_inbox_runtime WHERE company_id = ? AND state = 'parked'",
                                scene.demo.company().value()))
                .containsEntry("reason", "unstorable");
    }

    private static String update(int id, long date) {
        return """
                {"update_id":%d,"message":{"message_id":%d,"date":%d,"text":"oi %d",
                 "from":{"id":77,"is_bot":false,"first_name":"Ana"},"chat":{"id":77,"type":"private"}}}
                """.formatted(id, id, date, id);
    }
}
