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

        UUID bubble = lead.unknown("chegou tarde");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(lead.bubble(bubble)).containsEntry("status", "accepted"));
        assertThat(lead.bubble(bubble)).containsEntry("provider_message_id", ours);
        assertThat(lead.bubble(bubble).get("look_again_at")).isNull();
    }

    @Test
    void a_bubble_that_the_server_never_shows_stays_unknown_and_is_not_sent_again() {
        Lead lead = Lead.of("neverthere", "5511922230002");
        long before = lead.sends();

        UUID bubble = lead.unknown("não chegou");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> Simulated.calls().stream()
                        .anyMatch(path -> path.contains("/chat/findMessages/" + lead.instance.name())));
        await().during(Duration.ofSeconds(1))
                .until(() -> "unknown".equals(lead.bubble(bubble).get("status")));
        assertThat(lead.sends()).isEqualTo(before);
    }

    @Test
    void what_a_later_call_sent_in_the_same_words_is_not_taken_for_an_earlier_one() {
        Lead lead = Lead.of("samewords", "5511922230003");
        Simulated.registerWebhook(lead.instance.name(), "http://127.0.0.1:9/nobody");
        UUID later = lead.unknown("um momento", Duration.ZERO, false);
        Simulated.send(lead.instance.name(), lead.from, "um momento");

        UUID earlier = lead.unknown("um momento", Duration.ofSeconds(60), true);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> Simulated.calls().stream()
                        .anyMatch(path -> path.contains("/chat/findMessages/" + lead.instance.name())));
        await().during(Duration.ofSeconds(1))
                .until(() -> "unknown".equals(lead.bubble(earlier).get("status")));
        assertThat(lead.bubble(later)).containsEntry("status", "unknown");
    }

    @Test
    void of_two_calls_with_the_same_words_each_finds_its_own_whichever_is_looked_for_first() {
        Lead lead = Lead.of("ownwords", "5511922230004");
        Simulated.registerWebhook(lead.instance.name(), "http://127.0.0.1:9/nobody");
        String first = Simulated.send(lead.instance.name(), lead.from, "um momento");
        // The server tells whole seconds.
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        UUID earlier = lead.unknown("um momento", Duration.ofSeconds(60), false);
        UUID later = lead.unknown("um momento", Duration.ofSeconds(1), false);
        String second = Simulated.send(lead.instance.name(), lead.from, "um momento");

        lead.lookFor(later);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> "accepted".equals(lead.bubble(later).get("status")));
        lead.lookFor(earlier);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> "accepted".equals(lead.bubble(earlier).get("status")));

        assertThat(lead.bubble(earlier)).containsEntry("provider_message_id", first);
        assertThat(lead.bubble(later)).containsEntry("provider_message_id", second);
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

        UUID unknown(String text) {
            return unknown(text, Duration.ZERO, true);
        }

        UUID unknown(String text, Duration calledAgo, boolean lookedFor) {
            UUID bubble = UUID.randomUUID();
            Admin.get()
                    .execute(
                            """
                            INSERT INTO core.messages (id, company_id, conversation_id, direction, author, reply_id, position, purpose,
                                                       seen_seq, kind, text, status, attempts, call_fence, call_deadline, called_at,
                                                       sent_at, look_again_at)
                            VALUES (?, ?, ?, 'out', 'machine', ?, 0, 'answer', 1, 'text', ?, 'unknown', 1, 0, clock_timestamp(),
                                    clock_timestamp() - ? * interval '1 s', clock_timestamp(),
                                    CASE WHEN ? THEN clock_timestamp() END)
                            """,
                            bubble,
                            instance.company().company().value(),
                            conversation,
                            UUID.randomUUID(),
                            text,
                            calledAgo.toSeconds(),
                            lookedFor);
            return bubble;
        }

        void lookFor(UUID bubble) {
            Admin.get().execute("UPDATE core.messages SET look_again_at = clock_timestamp() WHERE id = ?", bubble);
        }

        Map<String, Object> bubble(UUID id) {
            return Admin.get().queryOne("SELECT * FROM core.messages WHERE id = ?", id);
        }

        long sends() {
            return Simulated.calls().stream()
                    .filter(path -> path.contains("/message/sendText/" + instance.name()))
                    .count();
        }
    }
}
