package io.centurions.runtime.intake.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.secrets.Secrets;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.centurions.runtime.Scene;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** This replica, which polls, and another one on the same database, of which only its lease row is seen. */
@QuarkusTest
@TestProfile(PollingOwnerIT.Polling.class)
@WithPostgresAndRedis
@WithSandbox
class PollingOwnerIT {

    /** An installation without a public address, whose replicas notice soon who owns what. */
    public static class Polling implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "centurions.telegram.mode", "polling",
                    "centurions.jobs.run", "true",
                    "centurions.jobs.lease", "2s",
                    "centurions.jobs.beat", "200ms");
        }
    }

    @Inject
    Secrets secrets;

    @AfterEach
    void the_other_is_gone() {
        theOtherOwnsItFor("-1 s");
    }

    @Test
    void a_replica_polls_while_it_owns_the_job_and_another_follows_it_when_it_is_gone() {
        Scene scene = Scene.open("http://unused", secrets).withPolledBot();
        scene.writes("telegram", "oi");
        await().atMost(Duration.ofSeconds(20)).until(() -> inbound(scene) == 1);

        theOtherOwnsItFor("1 h");

        AtomicLong polls = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> polls.getAndSet(polls(scene)) == polls(scene));
        scene.writes("telegram", "tudo bem?");
        // Longer than it takes to notice a bot that nobody polls.
        await().atMost(Duration.ofSeconds(10))
                .during(Duration.ofSeconds(4))
                .until(() -> polls(scene) == polls.get() && inbound(scene) == 1);

        theOtherOwnsItFor("-1 s");

        await().atMost(Duration.ofSeconds(20)).until(() -> inbound(scene) == 2);
        assertThat(scene.calls("telegram", "/bot" + scene.demo.telegramBot()))
                .noneMatch(call -> call.path("status").asInt() == 409);
    }

    private static void theOtherOwnsItFor(String interval) {
        Admin.get().execute("""
                INSERT INTO core.leases_runtime (name, holder, until)
                VALUES ('telegram-polling', 'another', clock_timestamp() + ?::interval)
                ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
                """, interval);
    }

    private static long polls(Scene scene) {
        return scene.calls("telegram", "/bot" + scene.demo.telegramBot()).stream()
                .filter(call -> call.path("path").asText().endsWith("/getUpdates"))
                .count();
    }

    private static long inbound(Scene scene) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.messages WHERE company_id = ? AND direction = 'in'",
                        scene.demo.company().value());
    }
}
