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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
class DeliveryIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SEND = "/message/sendText";

    @AfterEach
    void heal() {
        Simulated.noFaults();
    }

    @Test
    void three_bubbles_arrive_in_order_and_are_tracked_to_read() {
        Conversation conversation = Conversation.with("order", "5511922220001");

        conversation.plan("Oi, Maria!", "Que bom que você chamou.", "Qual é o seu orçamento?");
        conversation.awaitStatuses("read", "read", "read");

        assertThat(Simulated.received(conversation.instance.name(), conversation.from))
                .extracting(bubble -> bubble.get("text"))
                .containsExactly("Oi, Maria!", "Que bom que você chamou.", "Qual é o seu orçamento?");
        assertThat(conversation.told("ACCEPTED")).isEqualTo(3);
        assertThat(conversation.told("READ")).isEqualTo(3);
        assertThat(conversation.column("provider_message_id"))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
        assertThat(conversation.count("takeovers")).isZero();
    }

    @Test
    void a_bubble_waits_its_pace_after_the_one_before_and_typing_is_shown() {
        Conversation conversation = Conversation.with("pace", "5511922220002");

        conversation.planPaced(600, "primeira", "segunda");
        conversation.awaitStatuses("read", "read");

        assertThat(Admin.get()
                        .count("""
                                SELECT count(*) FROM core.messages a JOIN core.messages b USING (company_id, reply_id)
                                 WHERE a.company_id = ? AND a.position = 0 AND b.position = 1
                                   AND b.sent_at - a.sent_at BETWEEN interval '600 ms' AND interval '5 s'
                                """, conversation.instance.company().company().value()))
                .isOne();
        assertThat(Simulated.calls())
                .anyMatch(path -> path.contains("/chat/sendPresence/" + conversation.instance.name()));
    }

    @Test
    void a_call_that_broke_inside_the_server_is_unknown_and_not_repeated() {
        Conversation conversation = Conversation.with("broke", "5511922220003");
        Simulated.fault(Map.of(
                "provider", "evolution", "path", SEND + "/" + conversation.instance.name(), "status", 500, "times", 1));

        conversation.plan("chegou?");
        conversation.awaitStatuses("unknown");

        assertThat(conversation.sends()).isOne();
        assertThat(conversation.told("UNKNOWN")).isOne();
        assertThat(conversation.column("failure")).containsExactly("http_500");
    }

    @Test
    void a_call_that_was_cut_off_is_recognised_by_its_late_echo() {
        Conversation conversation = Conversation.with("late", "5511922220004");
        Simulated.fault(Map.of(
                "provider",
                "evolution",
                "path",
                SEND + "/" + conversation.instance.name(),
                "delayMs",
                4000,
                "times",
                1));

        conversation.plan("demorou, mas foi");
        conversation.awaitStatuses("unknown");
        conversation.awaitStatuses("read");

        assertThat(conversation.sends()).isOne();
        assertThat(conversation.count("takeovers")).isZero();
        assertThat(Simulated.received(conversation.instance.name(), conversation.from))
                .hasSize(1);
    }

    @Test
    void a_server_that_cannot_now_gets_the_same_bubble_later() {
        Conversation conversation = Conversation.with("later", "5511922220005");
        Simulated.fault(Map.of(
                "provider", "evolution", "path", SEND + "/" + conversation.instance.name(), "status", 503, "times", 1));

        conversation.plan("agora vai", "e esta depois");
        conversation.awaitStatuses("read", "read");

        assertThat(conversation.sends()).isEqualTo(3);
        assertThat(Simulated.received(conversation.instance.name(), conversation.from))
                .extracting(bubble -> bubble.get("text"))
                .containsExactly("agora vai", "e esta depois");
    }

    @Test
    void a_server_that_knows_no_key_for_a_while_gets_the_reply_once_and_in_order() {
        Conversation conversation = Conversation.with("key", "5511922220010");
        Simulated.fault(Map.of(
                "provider", "evolution", "path", SEND + "/" + conversation.instance.name(), "status", 401, "times", 3));

        conversation.plan("primeira", "segunda");
        await().atMost(SOON).untilAsserted(() -> {
            conversation.isDueNow();
            assertThat(conversation.column("status")).containsExactly("read", "read");
        });

        assertThat(conversation.sends()).as("refused three times, then both").isEqualTo(5);
        assertThat(Simulated.received(conversation.instance.name(), conversation.from))
                .extracting(bubble -> bubble.get("text"))
                .containsExactly("primeira", "segunda");
        assertThat(conversation.told("FAILED")).isZero();
    }

    @Test
    void a_bubble_that_the_server_refuses_ends_its_reply() {
        Conversation conversation = Conversation.with("refuse", "5511922220006");
        Map<String, Object> refusal =
                Map.of("status", 400, "error", "Bad Request", "response", Map.of("message", List.of("no")));
        String path = SEND + "/" + conversation.instance.name();
        Simulated.fault(Map.of("provider", "evolution", "path", path, "status", 400, "times", 1, "body", refusal));

        conversation.plan("não passa", "nem esta");

        conversation.awaitStatuses("failed", "superseded");
        assertThat(conversation.sends()).isOne();
    }

    @Test
    void a_call_of_a_dead_worker_is_found_at_the_server_and_not_made_again() {
        Conversation conversation = Conversation.with("dead", "5511922220007");
        UUID bubble = conversation.leftSending("quem mandou esta?");
        String sent = Simulated.send(conversation.instance.name(), conversation.from, "quem mandou esta?");

        Admin.get()
                .execute(
                        "UPDATE core.messages SET call_deadline = clock_timestamp() - interval '1 min' WHERE id = ?",
                        bubble);

        conversation.awaitStatuses("read");
        assertThat(conversation.column("provider_message_id")).containsExactly(sent);
        assertThat(conversation.sends()).isOne();
        assertThat(conversation.count("takeovers")).isZero();
    }

    @Test
    void a_lost_answer_is_not_taken_for_an_earlier_bubble_with_the_same_words() {
        Conversation conversation = Conversation.with("twice", "5511922220009");
        conversation.plan("Tudo certo?");
        conversation.awaitStatuses("read");
        Simulated.fault(Map.of(
                "provider", "evolution", "path", SEND + "/" + conversation.instance.name(), "status", 500, "times", 1));

        conversation.plan("Tudo certo?");

        // The server has those words under an id that already means the first bubble.
        conversation.awaitStatuses("read", "unknown");
        assertThat(conversation.column("provider_message_id")).hasSize(2).containsOnlyOnce((Object) null);
    }

    @Test
    void after_a_person_wrote_on_the_phone_the_machine_is_silent() {
        Conversation conversation = Conversation.with("person", "5511922220008");
        byte[] typedOnThePhone =
                """
                {"event":"messages.upsert","instance":"%s","data":{"key":{"remoteJid":"%s@s.whatsapp.net","fromMe":true,"id":"PHONE-1"},
                 "message":{"conversation":"deixa comigo"},"messageTimestamp":1795162400}}""".formatted(conversation.instance.name(), conversation.from).getBytes(StandardCharsets.UTF_8);

        conversation
                .instance
                .webhook(typedOnThePhone, conversation.instance.secret())
                .statusCode(200);
        conversation.plan("não devia sair");

        assertThat(conversation.count("takeovers")).isOne();
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> conversation.sends() == 0);
    }

    /** One lead who has written once; the bubbles that a turn would have planned are put there by the test. */
    private record Conversation(TestInstance instance, String from, UUID id) {

        static Conversation with(String word, String from) {
            TestInstance instance = TestInstance.connected(word);
            Simulated.write(instance.name(), from, "FIRST-" + word, "Oi");
            UUID company = instance.company().company().value();
            UUID id = (UUID) Admin.get()
                    .queryOne("SELECT id FROM core.conversations WHERE company_id = ?", company)
                    .get("id");
            return new Conversation(instance, from, id);
        }

        void plan(String... texts) {
            planPaced(20, texts);
        }

        void planPaced(int paceMs, String... texts) {
            Admin.get()
                    .execute(
                            """
                            INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, seen_seq,
                                                       kind, text, status, pace_ms)
                            SELECT ?, ?, 'out', 'machine', ?, place - 1, 'answer', 1, 'text', said, 'planned', ?
                              FROM unnest(?::text[]) WITH ORDINALITY AS t (said, place)
                            """,
                            company(),
                            id,
                            UUID.randomUUID(),
                            paceMs,
                            "{"
                                    + String.join(
                                            ",",
                                            List.of(texts).stream()
                                                    .map(text -> '"' + text + '"')
                                                    .toList()) + "}");
        }

        /** A worker has died between its call and its settling, a moment ago. */
        UUID leftSending(String text) {
            UUID bubble = UUID.randomUUID();
            Admin.get().execute("""
                            INSERT INTO core.messages (id, company_id, conversation_id, direction, author, reply_id, position, purpose, seen_seq,
                                                       kind, text, status, attempts, call_fence, call_deadline)
                            VALUES (?, ?, ?, 'out', 'machine', ?, 0, 'answer', 1, 'text', ?, 'sending', 1, 0, clock_timestamp() + interval '1 h')
                            """, bubble, company(), id, UUID.randomUUID(), text);
            return bubble;
        }

        /** What rests until it is worth trying again need not rest any longer. */
        void isDueNow() {
            Admin.get().execute("""
                    WITH rested AS (
                        UPDATE core.conversations c SET delivery_lease_until = clock_timestamp(), rests_until = NULL
                         WHERE c.id = ? AND c.delivery_lease_until = c.rests_until
                        RETURNING c.id)
                    UPDATE core.messages m SET due_at = clock_timestamp()
                      FROM rested r
                     WHERE m.conversation_id = r.id AND m.status = 'planned'
                    """, id);
        }

        void awaitStatuses(String... statuses) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(column("status")).containsExactly((Object[]) statuses));
        }

        List<Object> column(String name) {
            return Admin.get()
                    .query(
                            "SELECT " + name
                                    + " AS value FROM core.messages WHERE conversation_id = ? AND author = 'machine' ORDER BY created_at, position",
                            id)
                    .stream()
                    .map(row -> row.get("value"))
                    .toList();
        }

        long told(String state) {
            return Admin.get().count("""
                            SELECT count(*) FROM core.outbox_evolution
                             WHERE company_id = ? AND type = 'message.sent' AND payload ->> 'state' = ?
                            """, company(), state);
        }

        long count(String table) {
            return Admin.get().count("SELECT count(*) FROM core." + table + " WHERE conversation_id = ?", id);
        }

        long sends() {
            return Simulated.calls().stream()
                    .filter(path -> path.contains(SEND + "/" + instance.name()))
                    .count();
        }

        private UUID company() {
            return instance.company().company().value();
        }
    }
}
