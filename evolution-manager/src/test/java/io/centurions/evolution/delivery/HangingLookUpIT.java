package io.centurions.evolution.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.evolution.OwnAddress;
import io.centurions.evolution.Simulated;
import io.centurions.evolution.TestInstance;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that hangs when it is asked what became of a call, for longer in all than a claim lasts. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
@TestProfile(HangingLookUpIT.ManyLooks.class)
class HangingLookUpIT {

    private static final String LEAD = "5511922250001";

    /** Of two seconds each: a successor would come nine seconds after the claim. */
    public static class ManyLooks implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "delivery.lease", "1s", "delivery.look-ups", "100ms,100ms,100ms,100ms,100ms,100ms,100ms,100ms");
        }
    }

    @AfterEach
    void heal() {
        Simulated.noFaults();
    }

    @Test
    void the_worker_that_called_says_what_is_known_before_it_is_taken_for_dead() {
        TestInstance instance = TestInstance.connected("hanging");
        Simulated.write(instance.name(), LEAD, "FIRST-hanging", "Oi");
        fault("/message/sendText/" + instance.name(), "status", 500);
        fault("/chat/findMessages/" + instance.name(), "delayMs", 30_000);
        UUID company = instance.company().company().value();

        UUID bubble = planned(company);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ended(bubble)).containsEntry("status", "unknown"));
        assertThat(ended(bubble)).containsEntry("failure", "http_500").containsEntry("attempts", 1);
        assertThat(Simulated.calls()).anyMatch(path -> path.contains("/chat/findMessages/" + instance.name()));
    }

    private static void fault(String path, String what, int value) {
        Simulated.fault(Map.of("provider", "evolution", "path", path, what, value, "times", 20));
    }

    private static UUID planned(UUID company) {
        return (UUID) Admin.get().queryOne("""
                        INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, seen_seq,
                                                   kind, text, status, pace_ms)
                        SELECT company_id, id, 'out', 'machine', gen_random_uuid(), 0, 'answer', 1, 'text', 'chegou?', 'planned', 20
                          FROM core.conversations WHERE company_id = ?
                        RETURNING id
                        """, company).get("id");
    }

    private static Map<String, Object> ended(UUID bubble) {
        return Admin.get().queryOne("SELECT status, failure, attempts FROM core.messages WHERE id = ?", bubble);
    }
}
