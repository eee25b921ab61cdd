package io.centurions.runtime.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.OpenScene;
import io.centurions.runtime.Scene;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On Telegram: nobody looks at our bubbles for a while, as with a token that is just being renewed. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@ExtendWith(OpenScene.class)
class TurnedAwayIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String UNAUTHORIZED =
            "\"status\":401,\"body\":{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}";
    private static final String SIGN_IN_PAGE =
            "\"status\":302,\"headers\":{\"Location\":\"https://login.example.com/\"}";

    private Scene scene;

    @BeforeEach
    void in(Scene scene) {
        this.scene = scene;
    }

    @Test
    void a_token_that_is_refused_for_a_while_costs_no_bubble_and_is_reported() {
        scene.sendingFault(UNAUTHORIZED, 3);

        scene.writes("telegram", "oi");
        awaitReplyInOrder();

        assertThat(sends()).isEqualTo(3 + bubbles("status").size());
        assertThat(reported()).as("though nobody has written it down yet").containsExactly("ERROR");
    }

    @Test
    void what_stands_as_broken_is_not_reported_again() {
        stands("error", null);
        scene.sendingFault(UNAUTHORIZED, 2);

        scene.writes("telegram", "oi");
        awaitReplyInOrder();

        assertThat(reported()).doesNotContain("ERROR");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "token-refused")
    void a_channel_that_stands_as_broken_is_reported_once_when_its_first_bubble_leaves(String reason) {
        stands("error", reason);

        scene.writes("telegram", "oi");
        awaitReplyInOrder();

        assertThat(reported()).containsExactly("CONNECTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"token-of-another-account", "webhook-refused", "no-webhook-secret"})
    void what_leaves_mends_nothing_that_sending_does_not_disprove(String reason) {
        stands("error", reason);

        scene.writes("telegram", "oi");
        awaitReplyInOrder();

        assertThat(reported()).isEmpty();
    }

    @Test
    void a_proxys_sign_in_page_costs_no_bubble_and_breaks_no_channel() {
        scene.sendingFault(SIGN_IN_PAGE, 3);

        scene.writes("telegram", "oi");
        awaitReplyInOrder();

        assertThat(sends()).isEqualTo(3 + bubbles("status").size());
        assertThat(reported()).isEmpty();
    }

    @Test
    void a_channel_without_a_token_is_reported_and_its_reply_leaves_when_it_has_one() {
        Object sealed = Admin.get()
                .queryOne(
                        "SELECT sealed::text AS sealed FROM core.channel_instances WHERE id = ?",
                        scene.demo.telegram().value())
                .get("sealed");
        seal("{}");

        scene.writes("telegram", "oi");
        await().atMost(SOON).until(() -> reported().contains("ERROR"));
        assertThat(bubbles("failure")).contains("no_token");
        seal(sealed);

        awaitReplyInOrder();
    }

    private void awaitReplyInOrder() {
        await().atMost(SOON).until(() -> {
            isDueNow();
            return scene.quiet();
        });
        assertThat(bubbles("status")).hasSizeGreaterThan(1).containsOnly("accepted");
        assertThat(bubbles("attempts")).containsOnly(1);
        assertThat(scene.receivedOnTelegram()).isEqualTo(bubbles("text"));
    }

    // What rests until it is worth trying again need not rest any longer.
    private void isDueNow() {
        Admin.get().execute("""
                WITH rested AS (
                    UPDATE core.conversations c SET delivery_lease_until = clock_timestamp(), rests_until = NULL
                     WHERE c.company_id = ? AND c.delivery_lease_until = c.rests_until
                    RETURNING c.id)
                UPDATE core.messages m SET due_at = clock_timestamp()
                  FROM rested r
                 WHERE m.conversation_id = r.id AND m.status = 'planned'
                """, scene.demo.company().value());
    }

    private void stands(String status, String reason) {
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET status = ?, status_reason = ? WHERE id = ?",
                        status,
                        reason,
                        scene.demo.telegram().value());
    }

    private void seal(Object sealed) {
        Admin.get()
                .execute(
                        "UPDATE core.channel_instances SET sealed = ?::jsonb WHERE id = ?",
                        sealed,
                        scene.demo.telegram().value());
    }

    private List<Object> bubbles(String column) {
        return Admin.get()
                .query(
                        "SELECT " + column + " AS value FROM core.messages WHERE company_id = ? AND direction = 'out'"
                                + " ORDER BY created_at, position",
                        scene.demo.company().value())
                .stream()
                .map(row -> row.get("value"))
                .toList();
    }

    private List<Object> reported() {
        return Admin.get()
                .query(
                        "SELECT payload ->> 'state' AS state FROM core.outbox_runtime"
                                + " WHERE company_id = ? AND type = 'instance.status' ORDER BY position",
                        scene.demo.company().value())
                .stream()
                .map(row -> row.get("state"))
                .toList();
    }

    private long sends() {
        return scene.calls("telegram", "/bot" + scene.demo.telegramBot()).stream()
                .filter(call -> call.path("path").asText().contains("sendMessage"))
                .count();
    }
}
