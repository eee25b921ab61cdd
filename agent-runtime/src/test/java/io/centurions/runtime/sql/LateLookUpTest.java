package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Unknown bubbles are looked for again for two minutes, and whoever finds one ends it once. */
class LateLookUpTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);

    @BeforeEach
    void calm() {
        database.calm();
        database.admin("UPDATE core.messages SET look_again_at = NULL WHERE look_again_at IS NOT NULL");
    }

    @Test
    void an_unknown_bubble_is_looked_for_less_and_less_often_until_two_minutes_after_its_call() {
        unknown("um");
        List<Integer> looks = new ArrayList<>();
        boolean last = false;
        for (int second = 0; second < 600; second++) {
            for (var look : looked(NOON.plusSeconds(second))) {
                looks.add(second);
                last = (Boolean) look.get("last_look");
            }
        }

        // The call must have ended 40 s after noon: a lease of 30 s and a time-out of 10 s.
        assertThat(looks).containsExactly(5, 10, 20, 40, 80, 160);
        assertThat(last).isTrue();
        assertThat(stillLooking()).isFalse();
    }

    @Test
    void what_is_found_late_is_accepted_and_looked_for_no_more() {
        UUID bubble = unknown("um");
        var look = looked(NOON.plusSeconds(5)).getFirst();
        String id = Said.id();
        database.receive(NOON.plusSeconds(6), Said.status(chat.instance(), chat.address(), id, "read"));

        var settled = chat.settle(bubble, 0, "accepted", id, NOON.plusSeconds(7));

        assertThat(look)
                .containsEntry("bubble_id", bubble)
                .containsEntry("text", "um")
                .containsEntry("chat_ref", chat.address())
                .containsEntry("last_look", false);
        assertThat(Chat.states(settled)).startsWith("ACCEPTED").endsWith("READ");
        assertThat(chat.said()).isEqualTo("um=read");
        assertThat(looked(NOON.plusMinutes(5))).isEmpty();
    }

    @Test
    void one_message_at_the_server_ends_one_of_two_unknown_bubbles_with_the_same_words() {
        UUID first = unknown("oi");
        UUID second = unknown("oi");
        String id = Said.id();

        boolean one = chat.settle(first, 0, "accepted", id, NOON.plusSeconds(6))
                .path("settled")
                .asBoolean();
        boolean two = chat.settle(second, 0, "accepted", id, NOON.plusSeconds(6))
                .path("settled")
                .asBoolean();

        assertThat(one).isTrue();
        assertThat(two).isFalse();
        assertThat(database.value("SELECT status FROM core.messages WHERE id = ?", first))
                .isEqualTo("accepted");
        assertThat(database.value("SELECT status FROM core.messages WHERE id = ?", second))
                .isEqualTo("unknown");
    }

    @Test
    void nothing_is_found_for_an_unknown_bubble_while_the_same_words_are_on_the_wire_again() {
        UUID first = unknown("oi");
        chat.plan("answer", NOON.plusSeconds(30), "oi");
        var at = NOON.plusSeconds(60);
        long fence = chat.claimDelivery(at).getFirst();
        UUID second = chat.begin(fence, at);
        String id = Said.id();

        var found = chat.settle(first, 0, "accepted", id, at.plusSeconds(1));
        var answered = chat.settle(second, fence, "accepted", id, at.plusSeconds(2));

        assertThat(found.path("settled").asBoolean()).isFalse();
        assertThat(answered.path("settled").asBoolean()).isTrue();
        assertThat(chat.said()).isEqualTo("oi=unknown oi=accepted");
    }

    @Test
    void its_late_echo_ends_the_looking() {
        unknown("um");

        database.receive(NOON.plusSeconds(3), Said.echo(chat.instance(), chat.address(), Said.id(), "um"));

        assertThat(chat.said()).isEqualTo("um=accepted");
        assertThat(looked(NOON.plusSeconds(5))).isEmpty();
    }

    @Test
    void a_provider_that_cannot_be_asked_is_not_asked() {
        Chat telegram = Chat.answered(database, company, company.telegram(), Said.id());
        telegram.plan("um");
        long fence = telegram.claimDelivery(NOON).getFirst();
        telegram.settle(telegram.begin(fence, NOON), fence, "unknown", null, NOON);

        assertThat(looked(NOON.plusMinutes(1))).isEmpty();
        assertThat(telegram.said()).isEqualTo("um=unknown");
    }

    @Test
    void the_look_up_of_a_resolved_bubble_begins_where_it_was_first_called() {
        chat.plan("um");
        chat.begin(chat.claimDelivery(NOON).getFirst(), NOON);
        OffsetDateTime at = NOON.plusSeconds(45);
        long fence = chat.claimDelivery(at).getFirst();
        UUID bubble = (UUID) chat.claimBubble(fence, at).get("bubble_id");

        chat.settle(bubble, fence, "unknown", null, at);

        assertThat(looked(at.plusSeconds(5)).getFirst().get("called_at"))
                .hasToString(java.sql.Timestamp.from(NOON.toInstant()).toString());
    }

    private UUID unknown(String text) {
        chat.plan(text);
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = (UUID) chat.claimBubble(fence, NOON.plusSeconds(0)).get("bubble_id");
        if (bubble == null) {
            throw new AssertionError("nothing was claimed");
        }
        database.admin(
                "UPDATE core.messages SET status = 'sending', attempts = 1, call_fence = ?, called_at = ?,"
                        + " call_deadline = ? WHERE id = ?",
                fence,
                NOON,
                NOON.plusSeconds(40),
                bubble);
        chat.settle(bubble, fence, "unknown", null, NOON);
        database.admin("UPDATE core.conversations SET delivery_lease_until = NULL WHERE id = ?", chat.id());
        return bubble;
    }

    private List<Map<String, Object>> looked(OffsetDateTime at) {
        return database
                .call(EVOLUTION, "SELECT * FROM core.claim_unknown_bubbles_v1(ARRAY['whatsapp'], 10, ?)", at)
                .stream()
                .filter(row -> chat.id().equals(row.get("conversation_id")))
                .toList();
    }

    private boolean stillLooking() {
        return (Boolean) database.asCompany(EVOLUTION, company.id(), "SELECT looking FROM core.unknown_bubbles_v1")
                .getFirst()
                .get("looking");
    }
}
