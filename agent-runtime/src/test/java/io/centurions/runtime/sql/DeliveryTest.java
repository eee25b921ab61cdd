package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void bubbles_leave_in_order_each_a_second_after_the_one_before() {
        UUID reply = chat.plan("um", "dois", "três");
        long fence = chat.claimDelivery(NOON).getFirst();

        var first = chat.claimBubble(fence, NOON);
        chat.settle((UUID) first.get("bubble_id"), fence, "accepted", Said.id(), NOON);
        var early = chat.claimBubble(fence, NOON.plusNanos(400_000_000));
        var second = chat.claimBubble(fence, NOON.plusSeconds(1));
        chat.settle((UUID) second.get("bubble_id"), fence, "accepted", Said.id(), NOON.plusSeconds(1));
        chat.settle(chat.begin(fence, NOON.plusSeconds(2)), fence, "accepted", Said.id(), NOON.plusSeconds(2));
        var last = chat.claimBubble(fence, NOON.plusSeconds(3));

        assertThat(first)
                .containsEntry("verdict", "send")
                .containsEntry("text", "um")
                .containsEntry("position", 0)
                .containsEntry("reply_id", reply)
                .containsEntry("kind", "text")
                .containsEntry("attempt", 1);
        assertThat(early)
                .containsEntry("verdict", "wait")
                .containsEntry("wait_ms", 600)
                .containsEntry("text", null)
                .containsEntry("bubble_id", second.get("bubble_id"));
        assertThat(second).containsEntry("text", "dois");
        assertThat(last).containsEntry("verdict", "none");
        assertThat(chat.said()).isEqualTo("um=accepted dois=accepted três=accepted");
    }

    @Test
    void a_delivery_and_a_bubble_are_each_claimed_once() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        assertThat(chat.claimDelivery(NOON.plusSeconds(29))).isEmpty();

        assertThat(chat.claimBubble(fence, NOON)).containsEntry("verdict", "send");
        assertThat(chat.claimBubble(fence, NOON))
                .containsEntry("verdict", "wait")
                .containsEntry("wait_ms", 45_000);
        assertThat(chat.claimBubble(fence - 1, NOON)).containsEntry("verdict", "none");
    }

    @Test
    void a_released_delivery_can_be_claimed_at_once_and_the_old_fence_is_worth_nothing() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();

        assertThat(release(fence - 1)).isFalse();
        assertThat(release(fence)).isTrue();

        assertThat(chat.claimDelivery(NOON)).containsExactly(fence + 1);
        assertThat(chat.claimBubble(fence, NOON)).containsEntry("verdict", "none");
    }

    @Test
    void two_replies_are_delivered_one_after_the_other() {
        chat.plan("notice", NOON, "a1", "a2");
        chat.plan("notice", NOON.plusSeconds(1), "b1");
        long fence = chat.claimDelivery(NOON.plusSeconds(2)).getFirst();

        for (int i = 2; i < 5; i++) {
            chat.settle(chat.begin(fence, NOON.plusSeconds(i)), fence, "accepted", "id" + i, NOON.plusSeconds(i));
        }

        assertThat(database.value(
                        "SELECT string_agg(text, ' ' ORDER BY sent_at) FROM core.messages WHERE conversation_id = ?"
                                + " AND author = 'machine'",
                        chat.id()))
                .isEqualTo("a1 a2 b1");
    }

    @Test
    void a_status_that_came_before_the_answer_of_the_call_is_applied_when_the_id_is_known() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        String id = Said.id();
        assertThat(database.receive(NOON, Said.status(chat.instance(), chat.address(), id, "read"))
                        .path("outcome")
                        .asText())
                .isEqualTo("kept");
        assertThat(database.receive(NOON, Said.status(chat.instance(), "123@lid", id, "delivered"))
                        .path("outcome")
                        .asText())
                .isEqualTo("kept");

        JsonNode settled = chat.settle(bubble, fence, "accepted", id, NOON.plusSeconds(1));

        assertThat(settled.path("settled").asBoolean()).isTrue();
        assertThat(Chat.states(settled)).startsWith("ACCEPTED").endsWith("READ");
        assertThat(chat.said()).isEqualTo("um=read");
        assertThat(Chat.states(chat.settle(bubble, fence, "accepted", id, NOON.plusSeconds(2))))
                .as("told again, it changes nothing")
                .isEmpty();
        assertThat(chat.said()).isEqualTo("um=read");
    }

    @Test
    void a_status_that_races_with_the_answer_of_the_call_is_never_lost() throws Exception {
        try (ExecutorService provider = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < 40; round++) {
                Chat one = Chat.answered(database, company);
                one.plan("um");
                long fence = one.claimDelivery(NOON).getFirst();
                UUID bubble = one.begin(fence, NOON);
                String id = Said.id();
                var barrier = new CyclicBarrier(2);
                // Every other time the chat comes in a spelling that does not lead to the conversation.
                String address = round % 2 == 0 ? one.address() : "1" + one.address() + "@lid";

                var status = provider.submit(() -> {
                    barrier.await();
                    return database.receive(NOON, Said.status(one.instance(), address, id, "read"));
                });
                barrier.await();
                one.settle(bubble, fence, "accepted", id, NOON);
                status.get();

                assertThat(one.said()).isEqualTo("um=read");
            }
        }
    }

    @Test
    void a_status_moves_a_bubble_forward_only() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        String id = Said.id();
        chat.settle(chat.begin(fence, NOON), fence, "accepted", id, NOON);

        JsonNode read =
                database.receive(EVOLUTION, NOON, List.of(Said.status(chat.instance(), chat.address(), id, "read")));
        JsonNode late = database.receive(
                EVOLUTION,
                NOON,
                List.of(
                        Said.status(chat.instance(), chat.address(), id, "delivered"),
                        Said.status(chat.instance(), chat.address(), id, "failed")));

        JsonNode event = read.path("events").get(0);
        assertThat(event.path("type").asText()).isEqualTo("message.sent");
        assertThat(event.path("payload").path("state").asText()).isEqualTo("READ");
        assertThat(event.path("subject").asText()).isEqualTo(chat.id().toString());
        assertThat(late.path("events")).isEmpty();
        assertThat(chat.said()).isEqualTo("um=read");
    }

    @Test
    void a_refused_bubble_takes_the_rest_of_its_reply_with_it() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();

        JsonNode settled = chat.settle(chat.begin(fence, NOON), fence, "refused", null, NOON);

        assertThat(Chat.states(settled)).containsExactly("FAILED", "SUPERSEDED");
        assertThat(chat.claimBubble(fence, NOON)).containsEntry("verdict", "none");
    }

    @Test
    void newer_words_drop_the_rest_of_an_answer_but_not_a_notice() {
        chat.plan("um", "dois");
        chat.plan("notice", NOON.plusSeconds(1), "contrato assinado");
        long fence = chat.claimDelivery(NOON.plusSeconds(1)).getFirst();
        chat.settle(chat.begin(fence, NOON.plusSeconds(1)), fence, "accepted", Said.id(), NOON.plusSeconds(1));

        database.receive(NOON.plusSeconds(2), Said.message(chat.instance(), chat.address(), "espera"));
        var next = chat.claimBubble(fence, NOON.plusSeconds(3));

        assertThat(next).containsEntry("verdict", "send").containsEntry("text", "contrato assinado");
        assertThat(ConversationDatabase.json(next.get("events")).findValuesAsText("state"))
                .containsExactly("SUPERSEDED");
        assertThat(chat.said()).isEqualTo("um=accepted dois=superseded contrato assinado=sending");
    }

    @Test
    void words_that_the_planner_had_seen_already_do_not_drop_a_forced_answer() {
        database.receive(NOON.plusSeconds(1), Said.message(chat.instance(), chat.address(), "mais"));
        chat.plan("answer", NOON.plusSeconds(2), "resposta ao começo");
        long fence = chat.claimDelivery(NOON.plusSeconds(2)).getFirst();

        assertThat(chat.claimBubble(fence, NOON.plusSeconds(2))).containsEntry("verdict", "send");
        assertThat(database.value("SELECT inbound_seq > answered_seq FROM core.conversations WHERE id = ?", chat.id()))
                .isEqualTo(true);
    }

    @Test
    void a_bubble_of_a_dead_worker_is_resolved_only_when_its_call_must_have_ended() {
        chat.plan("um");
        long dead = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(dead, NOON);

        assertThat(chat.claimDelivery(NOON.plusSeconds(44))).isEmpty();
        long fence = chat.claimDelivery(NOON.plusSeconds(45)).getFirst();
        var resolve = chat.claimBubble(fence, NOON.plusSeconds(45));

        assertThat(resolve)
                .containsEntry("verdict", "resolve")
                .containsEntry("bubble_id", bubble)
                .containsEntry("text", "um")
                .containsEntry("attempt", 2);
        assertThat(chat.settle(bubble, dead, "refused", null, NOON.plusSeconds(46))
                        .path("settled")
                        .asBoolean())
                .isFalse();
        assertThat(chat.settle(bubble, dead, "accepted", "late-truth", NOON.plusSeconds(46))
                        .path("settled")
                        .asBoolean())
                .isTrue();
        assertThat(chat.said()).isEqualTo("um=accepted");
    }

    @Test
    void what_nobody_can_tell_is_listed_as_unknown_and_its_late_echo_ends_it() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        JsonNode settled = chat.settle(chat.begin(fence, NOON), fence, "unknown", null, NOON);
        assertThat(Chat.states(settled)).containsExactly("UNKNOWN");
        assertThat(database.asCompany(EVOLUTION, company.id(), "SELECT * FROM core.unknown_bubbles_v1"))
                .hasSize(1);

        JsonNode echo =
                database.receive(NOON.plusMinutes(5), Said.echo(chat.instance(), chat.address(), Said.id(), "um"));

        assertThat(echo.path("outcome").asText()).isEqualTo("applied");
        assertThat(chat.said()).isEqualTo("um=accepted");
        assertThat(chat.state()).isEqualTo("ai");
    }

    @Test
    void the_late_echo_of_different_words_is_a_persons_and_leaves_our_unknown_bubble_unknown() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.settle(chat.begin(fence, NOON), fence, "unknown", null, NOON);

        JsonNode echo = database.receive(
                NOON.plusMinutes(5), Said.echo(chat.instance(), chat.address(), Said.id(), "outra coisa"));

        assertThat(echo.path("outcome").asText()).isEqualTo("stored");
        assertThat(chat.said()).isEqualTo("um=unknown outra coisa=accepted");
        assertThat(chat.state()).isEqualTo("human");
    }

    @Test
    void an_early_echo_of_different_words_does_not_end_the_call_that_was_on_the_wire() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        database.receive(NOON, Said.echo(chat.instance(), chat.address(), Said.id(), "outra coisa"));

        chat.settle(bubble, fence, "unknown", null, NOON.plusSeconds(1));

        assertThat(chat.said()).isEqualTo("um=unknown outra coisa=accepted");
        assertThat(chat.state()).isEqualTo("human");
    }

    @Test
    void the_refusal_of_a_repeat_says_nothing_of_the_call_before() {
        chat.plan("um", "dois");
        chat.begin(chat.claimDelivery(NOON).getFirst(), NOON);
        var at = NOON.plusSeconds(45);
        long fence = chat.claimDelivery(at).getFirst();
        UUID bubble = (UUID) chat.claimBubble(fence, at).get("bubble_id");

        JsonNode settled = chat.settle(bubble, fence, "refused", null, at);

        assertThat(settled.path("settled").asBoolean()).isTrue();
        assertThat(Chat.states(settled)).containsExactly("UNKNOWN");
        assertThat(chat.said()).isEqualTo("um=unknown dois=planned");
        assertThat(chat.claimBubble(fence, at.plusSeconds(1))).containsEntry("text", "dois");
        assertThat(Chat.states(chat.settle(bubble, fence, "accepted", "late-truth", at.plusSeconds(2))))
                .containsExactly("ACCEPTED");
    }

    @Test
    void a_bubble_that_was_put_off_counts_the_call_that_then_ends_unseen() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.settle(chat.begin(fence, NOON), fence, "later", null, NOON);
        var at = NOON.plusSeconds(5);
        chat.begin(chat.claimDelivery(at).getFirst(), at);
        at = at.plusSeconds(45);
        fence = chat.claimDelivery(at).getFirst();
        var resolve = chat.claimBubble(fence, at);

        chat.settle((UUID) resolve.get("bubble_id"), fence, "refused", null, at);

        assertThat(resolve).containsEntry("verdict", "resolve").containsEntry("attempt", 2);
        assertThat(chat.said()).isEqualTo("um=unknown");
        assertThat(chat.claimDelivery(at.plusMinutes(10))).isEmpty();
    }

    @Test
    void what_is_open_at_a_deleted_instance_is_ended_once() {
        chat.plan("um", "dois");
        Chat other = Chat.answered(database, company, company.telegram(), Said.id());
        other.plan("fica");
        chat.begin(chat.claimDelivery(NOON).getFirst(), NOON);
        database.admin(
                "UPDATE core.channel_instances SET status = 'deleted', deleted_at = now() WHERE id = ?",
                chat.instance());

        assertThat(chat.claimDelivery(NOON.plusSeconds(1))).isEmpty();
        assertThat(chat.said()).isEqualTo("um=sending dois=superseded");
        assertThat(chat.claimDelivery(NOON.plusSeconds(45))).isEmpty();
        assertThat(chat.said()).isEqualTo("um=unknown dois=superseded");
        assertThat(database.value("SELECT string_agg(DISTINCT failure, ',') FROM core.messages WHERE"
                        + " conversation_id = '" + chat.id() + "'"))
                .isEqualTo("instance_deleted");
        assertThat(other.said()).isEqualTo("fica=planned");
    }

    @Test
    void a_bubble_on_which_three_workers_died_becomes_unknown_and_lets_the_next_pass() {
        chat.plan("um", "dois");
        var at = NOON;
        for (int i = 0; i < 3; i++) {
            chat.claimBubble(chat.claimDelivery(at).getFirst(), at);
            at = at.plusSeconds(45);
        }

        var next = chat.claimBubble(chat.claimDelivery(at).getFirst(), at);

        assertThat(next).containsEntry("verdict", "wait").containsEntry("wait_ms", 1000);
        assertThat(ConversationDatabase.json(next.get("events")).findValuesAsText("state"))
                .containsExactly("UNKNOWN");
        assertThat(chat.said()).isEqualTo("um=unknown dois=planned");
    }

    @Test
    void a_bubble_the_provider_asked_to_bring_later_rests_and_keeps_its_place() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        JsonNode settled = chat.settle(chat.begin(fence, NOON), fence, "later", null, NOON);

        assertThat(settled.path("settled").asBoolean()).isTrue();
        assertThat(chat.claimBubble(fence, NOON)).containsEntry("verdict", "none");
        assertThat(chat.claimDelivery(NOON.plusSeconds(4))).isEmpty();
        long again = chat.claimDelivery(NOON.plusSeconds(5)).getFirst();
        assertThat(chat.claimBubble(again, NOON.plusSeconds(5)))
                .containsEntry("verdict", "send")
                .containsEntry("text", "um")
                .containsEntry("attempt", 1);
    }

    private boolean release(long fence) {
        return (Boolean) database.call(EVOLUTION, "SELECT core.release_delivery_v1(?, ?) AS released", chat.id(), fence)
                .getFirst()
                .get("released");
    }
}
