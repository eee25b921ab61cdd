package io.centurions.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@ExtendWith(OpenScene.class)
class TurnIT {

    private Scene scene;

    @BeforeAll
    static void waitLongEnough() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(20));
    }

    @BeforeEach
    void in(Scene scene) {
        this.scene = scene;
        Admin.get().execute("UPDATE core.price_list SET prices = '{\"whisper-1\": {\"input\": 10, \"output\": 0}}'");
    }

    @Test
    void a_burst_of_three_gets_one_reply_in_order() {
        String word = word();

        scene.writes("telegram", "oi " + word, "tudo bem?", "queria um orçamento");
        await().until(scene::quiet);

        assertThat(scene.modelCallsWith(word)).isEqualTo(1);
        assertThat(turns("answer")).isEqualTo(1);
        assertThat(scene.receivedOnTelegram()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(scene.receivedOnTelegram()).isEqualTo(planned());
        assertThat(scene.receivedOnTelegram()).contains("Qual é o seu orçamento?");
        assertThat(Admin.get()
                        .query(
                                "SELECT DISTINCT status FROM core.messages WHERE company_id = ? AND direction = 'out'",
                                company()))
                .extracting(row -> row.get("status"))
                .containsExactly("accepted");
    }

    @Test
    void words_that_come_while_it_thinks_are_answered_together_with_the_burst() {
        String word = word();
        scene.fault("{\"provider\":\"openai\",\"path\":\"/chat/completions\",\"delayMs\":1500,\"times\":1}");

        scene.writes("telegram", "oi " + word);
        await().until(() -> scene.modelCallsWith(word) == 1);
        scene.writes("telegram", "esqueci de dizer uma coisa");
        await().until(scene::quiet);

        assertThat(turns("answer")).isEqualTo(1);
        assertThat(scene.modelCallsWith("esqueci de dizer uma coisa")).isEqualTo(1);
        assertThat(Admin.get()
                        .queryOne("SELECT from_seq, to_seq, restarts FROM core.turns WHERE company_id = ?", company()))
                .containsEntry("from_seq", 1L)
                .containsEntry("to_seq", 2L)
                .containsEntry("restarts", 1);
    }

    @Test
    void a_model_that_is_down_costs_one_courtesy_line_and_the_answer_comes_later() {
        scene.fault("{\"provider\":\"openai\",\"path\":\"/chat/completions\",\"status\":503,\"times\":3}");

        scene.writes("telegram", "oi");
        await().until(scene::quiet);

        assertThat(scene.bubbles("courtesy")).isEqualTo(1);
        assertThat(turns("answer")).isEqualTo(1);
        assertThat(scene.receivedOnTelegram().getFirst()).startsWith("Só um instante");
        assertThat(scene.receivedOnTelegram()).hasSizeGreaterThan(1);
    }

    @Test
    void a_model_that_talks_nonsense_is_asked_again_and_then_waited_for() {
        String nonsense =
                "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"Claro!\"},\"finish_reason\":\"stop\"}]}";
        scene.fault("{\"provider\":\"openai\",\"path\":\"/chat/completions\",\"status\":200,\"times\":2,\"body\":"
                + nonsense + "}");

        scene.writes("telegram", "oi");
        await().until(scene::quiet);

        assertThat(Admin.get()
                        .queryOne(
                                "SELECT outcome, reason FROM core.turns WHERE company_id = ? AND purpose = 'courtesy'",
                                company()))
                .containsEntry("outcome", "failed")
                .containsEntry("reason", "model_invalid");
        assertThat(scene.receivedOnTelegram()).doesNotContain("Claro!");
    }

    @Test
    void answers_qualify_the_lead_once_with_evidence() {
        scene.writes("telegram", "oi");
        await().until(scene::quiet);
        scene.writes("telegram", "uns 10 mil reais");
        await().until(scene::quiet);
        scene.writes("telegram", "para o mês que vem");
        await().until(scene::quiet);
        scene.writes("telegram", "obrigado!");
        await().until(scene::quiet);

        assertThat(scene.events("lead.qualified")).isEqualTo(1);
        var lead =
                Admin.get().queryOne("SELECT stage, score, handoff_id FROM core.leads WHERE company_id = ?", company());
        assertThat(lead).containsEntry("stage", "qualified").containsEntry("score", 100);
        assertThat(lead.get("handoff_id")).isNotNull();
        assertThat(Admin.get().queryOne("""
                        SELECT m.text FROM core.lead_scores s
                          JOIN core.messages m ON m.id = (s.evidence -> 'orcamento' ->> 'message')::uuid
                         WHERE s.company_id = ? ORDER BY s.created_at DESC LIMIT 1
                        """, company())).containsEntry("text", "uns 10 mil reais");
    }

    @Test
    void a_lead_who_wants_a_person_waits_for_one() {
        scene.writes("telegram", "quero falar com uma pessoa");
        await().until(scene::quiet);
        scene.writes("telegram", "alô?");
        await().until(() -> (Long) scene.conversation().get("inbound_seq") == 2);

        assertThat(scene.conversation()).containsEntry("state", "waiting_human");
        assertThat(scene.bubbles("handover")).isEqualTo(1);
        assertThat(scene.receivedOnTelegram()).hasSize(1);
        assertThat(scene.events("takeover")).isEqualTo(1);
    }

    @Test
    void a_lead_who_will_not_buy_is_disqualified() {
        scene.writes("telegram", "não tenho interesse");
        await().until(scene::quiet);

        assertThat(scene.events("lead.disqualified")).isEqualTo(1);
        assertThat(Admin.get().queryOne("SELECT stage FROM core.leads WHERE company_id = ?", company()))
                .containsEntry("stage", "disqualified");
    }

    @Test
    void a_voice_message_is_heard_and_a_picture_is_seen() {
        String spoken = "queria saber o preço " + word();
        String audio = Base64.getEncoder().encodeToString(("TEXT:" + spoken).getBytes(StandardCharsets.UTF_8));
        String image = Base64.getEncoder().encodeToString(new byte[] {(byte) 0xFF, (byte) 0xD8, 1, 2, 3});

        scene.sends("telegram", "{\"kind\":\"audio\",\"base64\":\"" + audio + "\"}");
        scene.sends("telegram", "{\"kind\":\"image\",\"base64\":\"" + image + "\"}");
        await().until(scene::quiet);

        List<Object> transcripts = Admin.get()
                .query(
                        "SELECT transcript FROM core.messages WHERE company_id = ? AND direction = 'in' ORDER BY seq",
                        company())
                .stream()
                .map(row -> row.get("transcript"))
                .toList();
        assertThat(transcripts.getFirst()).isEqualTo(spoken);
        assertThat(transcripts.getLast()).asString().isNotBlank();
        assertThat(scene.modelCallsWith(spoken)).isEqualTo(1);
    }

    @Test
    void a_voice_message_that_nobody_could_hear_yet_is_heard_before_it_is_answered_and_what_that_cost_is_counted() {
        String spoken = "queria saber o preço " + word();
        String audio = Base64.getEncoder().encodeToString(("TEXT:" + spoken).getBytes(StandardCharsets.UTF_8));
        scene.fault("{\"provider\":\"openai\",\"path\":\"/audio/transcriptions\",\"status\":429,"
                + "\"headers\":{\"Retry-After\":\"2\"},\"times\":1}");

        scene.sends("telegram", "{\"kind\":\"audio\",\"base64\":\"" + audio + "\"}");
        await().until(scene::quiet);

        assertThat(scene.modelCallsWith(spoken)).isEqualTo(1);
        assertThat(turns("courtesy")).isZero();
        assertThat(Admin.get()
                        .count(
                                "SELECT sum(used) FROM core.usage_months WHERE company_id = ? AND what = 'modelSpend'",
                                company()))
                .as("four seconds at ten each")
                .isEqualTo(40);
    }

    @Test
    void a_takeover_stops_what_was_still_to_be_said() {
        scene.sendingFault("\"delayMs\":1200", 1);

        scene.writes("telegram", "oi");
        await().until(() -> Admin.get()
                        .count(
                                "SELECT count(*) FROM core.messages WHERE company_id = ? AND status = 'sending'",
                                company())
                == 1);
        takeOver();
        await().until(() -> scene.openBubbles() == 0);

        assertThat(scene.receivedOnTelegram()).hasSize(1);
        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.messages WHERE company_id = ? AND status = 'superseded'",
                                company()))
                .isPositive();
    }

    @Test
    void a_text_whose_call_was_never_answered_is_said_once_more() {
        scene.sendingFault("\"delayMs\":4000", 1);

        scene.writes("telegram", "oi");
        await().until(scene::quiet);

        assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.messages WHERE company_id = ? AND direction = 'out' AND status <> 'accepted'",
                                company()))
                .isZero();
        assertThat(scene.calls("telegram", "/bot" + scene.demo.telegramBot()).stream()
                        .filter(call -> call.path("path").asText().contains("sendMessage"))
                        .filter(call ->
                                call.at("/body/text").asText().equals(planned().getFirst())))
                .hasSize(2);
        // The repeat is written down, so that a worker that dies on it is followed by no third call.
        assertThat(Admin.get()
                        .queryOne(
                                "SELECT attempts FROM core.messages WHERE company_id = ? AND direction = 'out' ORDER BY created_at, position LIMIT 1",
                                company()))
                .containsEntry("attempts", 2);
    }

    private void takeOver() {
        Admin.get().query("""
                SELECT core.append_events_runtime_v1(core.take_over_v1(c.id, 'supervisor', 'test') -> 'events')
                  FROM core.conversations c,
                       (SELECT set_config('request.jwt.claims', '{"company_id":"%s"}', false)) AS claims
                 WHERE c.company_id = ?
                """.formatted(scene.demo.company()), company());
    }

    private List<String> planned() {
        return Admin.get()
                .query(
                        "SELECT text FROM core.messages WHERE company_id = ? AND direction = 'out' ORDER BY created_at",
                        company())
                .stream()
                .map(row -> (String) row.get("text"))
                .toList();
    }

    private long turns(String purpose) {
        return Admin.get()
                .count("SELECT count(*) FROM core.turns WHERE company_id = ? AND purpose = ?", company(), purpose);
    }

    private UUID company() {
        return scene.demo.company().value();
    }

    private static String word() {
        return "w" + UUID.randomUUID().toString().substring(0, 8);
    }
}
