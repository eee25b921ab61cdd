package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An echo of our own number that comes before, while or after a call ends, in whichever replica, and whose words it is. */
class EarlyEchoTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void until_the_call_has_ended_an_echo_opens_no_takeover_and_no_further_bubble_leaves() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.begin(fence, NOON);

        String outcome = echo(Said.id(), "deixa comigo");

        assertThat(outcome).isEqualTo("kept");
        assertThat(chat.state()).isEqualTo("ai");
        assertThat(chat.claimBubble(fence, NOON.plusSeconds(2))).containsEntry("verdict", "wait");
        assertThat(chat.said()).isEqualTo("um=sending dois=planned");
    }

    @Test
    void of_two_echoes_during_one_call_ours_is_the_one_that_the_answer_names() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        String ours = Said.id();
        echo(Said.id(), "um");
        echo(ours, "um");

        JsonNode settled = chat.settle(bubble, fence, "accepted", ours, NOON.plusSeconds(1));

        assertThat(Chat.states(settled)).containsExactly("ACCEPTED", "SUPERSEDED", "TAKEN");
        assertThat(chat.state()).isEqualTo("human");
        assertThat(database.count(
                        "SELECT count(*) FROM core.messages WHERE conversation_id = ? AND author = 'person'",
                        chat.id()))
                .isEqualTo(1);
    }

    @Test
    void an_echo_that_found_the_call_ended_with_its_id_is_ours() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        String id = Said.id();
        chat.settle(chat.begin(fence, NOON), fence, "accepted", id, NOON);

        assertThat(echo(id, "um")).isEqualTo("applied");
        assertThat(chat.state()).isEqualTo("ai");
    }

    @Test
    void a_lost_answer_is_told_by_the_echo_also_when_a_successor_resolves_the_call() {
        chat.plan("um", "dois");
        chat.begin(chat.claimDelivery(NOON).getFirst(), NOON);
        echo(Said.id(), "um");
        var at = NOON.plusSeconds(45);
        long fence = chat.claimDelivery(at).getFirst();
        UUID bubble = (UUID) chat.claimBubble(fence, at).get("bubble_id");

        JsonNode settled = chat.settle(bubble, fence, "unknown", null, at);

        assertThat(Chat.states(settled)).containsExactly("ACCEPTED");
        assertThat(chat.state()).isEqualTo("ai");
        assertThat(chat.said()).isEqualTo("um=accepted dois=planned");
    }

    @Test
    void an_echo_is_ours_also_when_three_workers_died_on_the_call() {
        chat.plan("um", "dois");
        chat.begin(chat.claimDelivery(NOON).getFirst(), NOON);
        echo(Said.id(), "um");
        for (int dead = 1; dead <= 2; dead++) {
            var at = NOON.plusMinutes(dead);
            assertThat(chat.claimBubble(chat.claimDelivery(at).getFirst(), at)).containsEntry("verdict", "resolve");
        }
        var at = NOON.plusMinutes(3);

        var claimed = chat.claimBubble(chat.claimDelivery(at).getFirst(), at);

        assertThat(Chat.states(ConversationDatabase.json("{\"events\":" + claimed.get("events") + "}")))
                .containsExactly("ACCEPTED");
        assertThat(chat.said()).isEqualTo("um=accepted dois=planned");
        assertThat(chat.state()).isEqualTo("ai");
    }

    @Test
    void a_persons_words_during_a_call_that_three_workers_died_on_are_a_persons() {
        chat.plan("um");
        chat.begin(chat.claimDelivery(NOON).getFirst(), NOON);
        echo(Said.id(), "deixa comigo");
        for (int dead = 1; dead <= 3; dead++) {
            var at = NOON.plusMinutes(dead);
            chat.claimBubble(chat.claimDelivery(at).getFirst(), at);
        }

        assertThat(chat.said()).contains("um=unknown", "deixa comigo=accepted");
        assertThat(chat.state()).isEqualTo("human");
    }

    @Test
    void the_late_answer_of_a_call_that_its_echo_has_ended_changes_nothing() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        chat.settle(bubble, fence, "unknown", null, NOON.plusSeconds(15));
        String id = Said.id();
        echo(id, "um");

        JsonNode late = chat.settle(bubble, fence, "accepted", id, NOON.plusSeconds(20));

        assertThat(Chat.states(late)).isEmpty();
        assertThat(chat.said()).isEqualTo("um=accepted");
        assertThat(chat.state()).isEqualTo("ai");
    }

    @Test
    void a_person_who_says_what_an_old_unknown_bubble_said_is_a_person() {
        unknown("um");

        String outcome = echo(Said.id(), "um", NOON.plusMinutes(11));

        assertThat(outcome).isEqualTo("stored");
        assertThat(chat.said()).isEqualTo("um=unknown um=accepted");
        assertThat(chat.state()).isEqualTo("human");
    }

    @Test
    void an_echo_that_the_provider_brings_late_is_ours_by_the_time_at_which_it_was_said() {
        unknown("um");

        ObjectNode said = Said.echo(chat.instance(), chat.address(), Said.id(), "um")
                .put("written_at", NOON.plusSeconds(1).toString());
        database.receive(NOON.plusHours(2), said);

        assertThat(chat.said()).isEqualTo("um=accepted");
        assertThat(chat.state()).isEqualTo("ai");
    }

    @Test
    void an_echo_in_one_replica_and_the_answer_in_another_at_the_same_moment_never_open_a_takeover() throws Exception {
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            for (int round = 0; round < 30; round++) {
                Chat one = Chat.answered(database, company);
                one.plan("um");
                long fence = one.claimDelivery(NOON).getFirst();
                UUID bubble = one.begin(fence, NOON);
                String id = Said.id();
                var barrier = new CyclicBarrier(2);
                String gateway = round % 2 == 0 ? EVOLUTION : RUNTIME;

                var echo = other.submit(() -> {
                    barrier.await();
                    return database.receive(gateway, NOON, List.of(Said.echo(one.instance(), one.address(), id, "um")));
                });
                barrier.await();
                one.settle(bubble, fence, "accepted", id, NOON);
                echo.get();

                assertThat(one.state()).isEqualTo("ai");
                assertThat(one.said()).isEqualTo("um=accepted");
            }
        }
    }

    private void unknown(String text) {
        chat.plan(text);
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.settle(chat.begin(fence, NOON), fence, "unknown", null, NOON.plusSeconds(15));
    }

    private String echo(String id, String text) {
        return echo(id, text, NOON);
    }

    private String echo(String id, String text, OffsetDateTime at) {
        return database.receive(at, Said.echo(chat.instance(), chat.address(), id, text))
                .path("outcome")
                .asText();
    }
}
