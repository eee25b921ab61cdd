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
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nobody could tell when the call ended is asked again later, and never said again. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class UnknownBubblesIT {

    @AfterEach
    void heal() {
        Simulated.noFaults();
    }

    @Test
    void a_bubble_that_the_server_shows_late_is_found_among_all_that_the_instance_sent_since() {
        Lead lead = Lead.of("latelook", "5511922230001");
        // No webhook reaches us: neither our echo nor anybody else's tells.
        Simulated.registerWebhook(lead.instance.name(), "http://127.0.0.1:9/nobody");
        String ours = Simulated.send(lead.instance.name(), lead.from, "chegou tarde");
        for (int i = 0; i < 230; i++) {
            Simulated.send(lead.instance.name(), "55119" + (33300000 + i), "chegou tarde");
        }

        lead.unknown("chegou tarde");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(lead.bubble()).containsEntry("status", "accepted"));
        assertThat(lead.bubble()).containsEntry("provider_message_id", ours);
        assertThat(lead.bubble().get("look_again_at")).isNull();
    }

    @Test
    void a_bubble_that_the_server_never_shows_stays_unknown_and_is_not_sent_again() {
        Lead lead = Lead.of("neverthere", "5511922230002");
        long before = lead.sends();

        lead.unknown("não chegou");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> Simulated.calls().stream()
                        .anyMatch(path -> path.contains("/chat/findMessages/" + lead.instance.name())));
        await().during(Duration.ofSeconds(1))
                .until(() -> "unknown".equals(lead.bubble().get("status")));
        assertThat(lead.sends()).isEqualTo(before);
    }

    private record Lead(TestInstance instance, String from, UUID conversation) {

        static Lead of(String word, String from) {
            TestInstance instance = TestInstance.connected(word);
            Simulated.write(instance.name(), from, "FIRST-" + word, "Oi");
            UUID id = (UUID) Admin.get()
                    .queryOne(
                            "SELECT id FROM core.conversations WHERE company_id = ?",
                            instance.company().company().value())
                    .get("id");
            return new Lead(instance, from, id);
        }

        void unknown(String text) {
            Admin.get().execute("""
                            INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, seen_seq,
                                                       kind, text, status, attempts, call_fence, call_deadline, called_at, sent_at, look_again_at)
                            VALUES (?, ?, 'out', 'machine', ?, 0, 'answer', 1, 'text', ?, 'unknown', 1, 0, clock_timestamp(),
                                    clock_timestamp(), clock_timestamp(), clock_timestamp())
                            """, instance.company().company().value(), conversation, UUID.randomUUID(), text);
        }

        Map<String, Object> bubble() {
            return Admin.get()
                    .queryOne(
                            "SELECT * FROM core.messages WHERE conversation_id = ? AND author = 'machine'",
                            conversation);
        }

        long sends() {
            return Simulated.calls().stream()
                    .filter(path -> path.contains("/message/sendText/" + instance.name()))
                    .count();
        }
    }
}
