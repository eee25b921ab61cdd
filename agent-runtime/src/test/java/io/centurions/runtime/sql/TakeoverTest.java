package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TakeoverTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void after_a_takeover_no_bubble_can_be_claimed() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID onTheWire = chat.begin(fence, NOON);

        JsonNode taken = chat.takeOver(NOON);

        assertThat(taken.path("changed").asBoolean()).isTrue();
        assertThat(taken.path("events").findValuesAsText("type")).containsExactly("message.sent", "takeover");
        assertThat(Chat.states(taken)).containsExactly("SUPERSEDED", "TAKEN");
        assertThat(taken.path("events").get(1).path("payload").path("by").asText())
                .isEqualTo("SUPERVISOR");
        assertThat(chat.settle(onTheWire, fence, "accepted", Said.id(), NOON)
                        .path("settled")
                        .asBoolean())
                .isTrue();
        assertThat(chat.claimBubble(fence, NOON.plusMinutes(1))).containsEntry("verdict", "none");
        assertThat(chat.claimDelivery(NOON.plusMinutes(1))).isEmpty();
        assertThat(chat.said()).isEqualTo("um=accepted dois=superseded");
        assertThat(chat.takeOver(NOON).path("changed").asBoolean()).isFalse();
    }

    @Test
    void a_call_left_behind_by_a_dead_worker_under_a_takeover_ends_as_unknown_without_another_call() {
        chat.plan("um");
        chat.begin(NOON);
        chat.takeOver(NOON);

        var at = NOON.plusSeconds(45);
        var next = chat.claimBubble(chat.claimDelivery(at).getFirst(), at);

        assertThat(next).containsEntry("verdict", "none");
        assertThat(chat.said()).isEqualTo("um=unknown");
    }

    @Test
    void what_a_person_types_on_the_phone_is_kept_and_takes_the_conversation() {
        chat.plan("um");

        JsonNode out = database.receive(
                EVOLUTION, NOON, List.of(Said.echo(chat.instance(), chat.address(), Said.id(), "deixa comigo")));

        assertThat(out.path("results").get(0).path("outcome").asText()).isEqualTo("stored");
        assertThat(out.path("events").findValuesAsText("type")).containsExactly("message.sent", "takeover");
        assertThat(out.path("events").get(1).path("payload").path("by").asText())
                .isEqualTo("PHONE");
        assertThat(chat.state()).isEqualTo("human");
        assertThat(chat.said()).contains("um=superseded").contains("deixa comigo=accepted");
        assertThat(database.value("SELECT epoch FROM core.conversations WHERE id = ?", chat.id()))
                .isEqualTo(1L);

        JsonNode more = database.receive(
                EVOLUTION, NOON, List.of(Said.echo(chat.instance(), chat.address(), Said.id(), "segundo")));
        assertThat(more.path("events")).isEmpty();
    }

    @Test
    void the_echo_of_our_own_settled_bubble_changes_nothing() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        String id = Said.id();
        chat.settle(chat.begin(fence, NOON), fence, "accepted", id, NOON);

        JsonNode echo = database.receive(NOON, Said.echo(chat.instance(), chat.address(), id, "um"));

        assertThat(echo.path("outcome").asText()).isEqualTo("applied");
        assertThat(chat.state()).isEqualTo("ai");
        assertThat(chat.said()).isEqualTo("um=accepted");
    }

    @Test
    void an_echo_during_our_own_call_is_ours_when_the_answer_brings_the_same_id() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        String id = Said.id();

        assertThat(database.receive(NOON, Said.echo(chat.instance(), chat.address(), id, "um"))
                        .path("outcome")
                        .asText())
                .isEqualTo("kept");
        JsonNode settled = chat.settle(bubble, fence, "accepted", id, NOON);

        assertThat(Chat.states(settled)).containsExactly("ACCEPTED");
        assertThat(chat.state()).isEqualTo("ai");
        assertThat(chat.claimBubble(fence, NOON.plusSeconds(1)))
                .containsEntry("verdict", "send")
                .containsEntry("text", "dois");
    }

    @Test
    void an_echo_during_our_own_call_is_a_persons_when_the_answer_brings_another_id() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        chat.personWrites(NOON, "oi, aqui é a Ana");

        JsonNode settled = chat.settle(bubble, fence, "accepted", Said.id(), NOON);

        assertThat(Chat.states(settled)).containsExactly("ACCEPTED", "SUPERSEDED", "TAKEN");
        assertThat(chat.state()).isEqualTo("human");
        assertThat(chat.claimBubble(fence, NOON.plusSeconds(1))).containsEntry("verdict", "none");
    }

    @Test
    void an_echo_of_the_same_words_settles_a_call_whose_end_nobody_learnt() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        chat.personWrites(NOON, "um");

        JsonNode settled = chat.settle(bubble, fence, "unknown", null, NOON.plusSeconds(10));

        assertThat(Chat.states(settled)).containsExactly("ACCEPTED");
        assertThat(chat.state()).isEqualTo("ai");
    }

    @Test
    void a_person_who_writes_first_has_the_conversation_and_the_machine_does_not_answer_it() {
        String stranger = Said.phone();
        JsonNode out = database.receive(
                EVOLUTION, NOON, List.of(Said.echo(chat.instance(), stranger, Said.id(), "oi, tudo bem?")));
        assertThat(out.path("events").findValuesAsText("type")).containsExactly("lead.created", "takeover");

        database.receive(NOON, Said.message(chat.instance(), stranger, "tudo"));

        assertThat(database.value(
                        "SELECT state FROM core.conversations WHERE company_id = ? AND chat_ref = ?",
                        company.id(),
                        stranger))
                .isEqualTo("human");
        assertThat(database.value(
                        "SELECT turn_due_at FROM core.conversations WHERE company_id = ? AND chat_ref = ?",
                        company.id(),
                        stranger))
                .isNull();
        assertThat(database.value(
                        "SELECT name FROM core.leads WHERE company_id = ? AND phone = ?", company.id(), stranger))
                .isEqualTo("Maria");
    }

    @Test
    void given_back_a_burst_that_nobody_answered_is_due_at_once() {
        chat.takeOver(NOON);
        chat.leadWrites(NOON.plusMinutes(1), "alguém?");

        JsonNode returned = giveBack("PT2M");

        assertThat(Chat.states(returned)).containsExactly("RETURNED");
        assertThat(chat.state()).isEqualTo("ai");
        assertThat(database.count(
                        "SELECT count(*) FROM core.conversations WHERE id = ? AND turn_due_at = ? AND epoch = 2 AND"
                                + " answered_seq = 1",
                        chat.id(),
                        NOON.plusMinutes(2)))
                .isEqualTo(1);
        assertThat(database.count(
                        "SELECT count(*) FROM core.takeovers WHERE conversation_id = ? AND returned_by = 'supervisor'",
                        chat.id()))
                .isEqualTo(1);
        assertThat(giveBack("PT3M").path("changed").asBoolean()).isFalse();
    }

    @Test
    void given_back_a_burst_that_the_person_answered_is_not_answered_again() {
        chat.takeOver(NOON);
        chat.leadWrites(NOON.plusMinutes(1), "alguém?");
        chat.personWrites(NOON.plusMinutes(2), "sim, aqui");

        giveBack("PT3M");

        assertThat(database.count(
                        "SELECT count(*) FROM core.conversations WHERE id = ? AND turn_due_at IS NULL AND answered_seq"
                                + " = 2",
                        chat.id()))
                .isEqualTo(1);
    }

    @Test
    void another_companys_conversation_is_not_found() {
        Company other = database.company();

        var out = database.asCompany(
                RUNTIME, other.id(), "SELECT core.take_over_v1(?, 'supervisor', NULL)::text AS out", chat.id());

        assertThat(ConversationDatabase.json(out.getFirst().get("out"))
                        .path("found")
                        .asBoolean(true))
                .isFalse();
        assertThat(chat.state()).isEqualTo("ai");
    }

    private JsonNode giveBack(String after) {
        return chat.giveBack(NOON.plus(Duration.parse(after)));
    }
}
