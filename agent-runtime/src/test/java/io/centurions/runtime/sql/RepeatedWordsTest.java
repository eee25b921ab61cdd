package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two calls with the same words in one conversation, and whose an echo is: the first ended unseen at noon, the second began a minute later. */
class RepeatedWordsTest {

    private static final OffsetDateTime AGAIN = NOON.plusSeconds(60);

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);
    private UUID first;
    private UUID second;
    private long fence;

    @BeforeEach
    void two_calls() {
        database.calm();
        chat.plan("oi");
        fence = chat.claimDelivery(NOON).getFirst();
        first = chat.begin(fence, NOON);
        chat.settle(first, fence, "unknown", null, NOON.plusSeconds(1));
        chat.plan("answer", NOON.plusSeconds(1), "oi");
        fence = chat.claimDelivery(AGAIN).getFirst();
        second = chat.begin(fence, AGAIN);
    }

    @Test
    void the_echo_of_the_call_on_the_wire_is_given_to_it_by_its_id() {
        String id = Said.id();

        assertThat(echo(id, AGAIN)).isEqualTo("kept");
        chat.settle(second, fence, "accepted", id, AGAIN.plusSeconds(1));

        assertThat(idOf(second)).isEqualTo(id);
        assertThat(idOf(first)).isNull();
        assertThat(chat.said()).isEqualTo("oi=unknown oi=accepted");
        assertThat(chat.state()).isEqualTo("ai");
    }

    @Test
    void what_was_written_long_before_both_calls_is_a_persons_however_late_it_is_told() {
        echo(Said.id(), NOON.minusMinutes(30));

        chat.settle(second, fence, "unknown", null, AGAIN.plusSeconds(15));

        assertThat(idOf(first)).isNull();
        assertThat(idOf(second)).isNull();
        assertThat(chat.state()).isEqualTo("human");
    }

    @Test
    void the_late_echo_of_the_first_call_is_given_to_it_when_the_second_ended_with_another_id() {
        String late = Said.id();
        echo(late, AGAIN);

        chat.settle(second, fence, "accepted", Said.id(), AGAIN.plusSeconds(1));

        assertThat(idOf(first)).isEqualTo(late);
        assertThat(chat.said()).isEqualTo("oi=accepted oi=accepted");
        assertThat(chat.state()).as("no person wrote it").isEqualTo("ai");
    }

    @Test
    void the_late_echo_of_the_first_call_is_given_to_it_when_the_second_certainly_did_not_leave() {
        String late = Said.id();
        echo(late, NOON);

        chat.settle(second, fence, "later", null, AGAIN.plusSeconds(1));

        assertThat(idOf(first)).isEqualTo(late);
        assertThat(chat.said()).isEqualTo("oi=accepted oi=planned");
        assertThat(chat.state()).isEqualTo("ai");
    }

    @Test
    void when_nobody_saw_the_second_end_either_what_was_written_since_it_began_is_its_echo() {
        String id = Said.id();
        echo(id, AGAIN.plusSeconds(1));

        chat.settle(second, fence, "unknown", null, AGAIN.plusSeconds(15));

        assertThat(idOf(second)).isEqualTo(id);
        assertThat(idOf(first)).isNull();
    }

    @Test
    void when_nobody_saw_the_second_end_either_what_was_written_before_it_began_is_the_first_ones() {
        String id = Said.id();
        echo(id, NOON.plusSeconds(2));

        chat.settle(second, fence, "unknown", null, AGAIN.plusSeconds(15));

        assertThat(idOf(first)).isEqualTo(id);
        assertThat(chat.said()).isEqualTo("oi=accepted oi=unknown");
    }

    @Test
    void after_both_ended_unseen_their_echoes_are_told_apart_by_when_they_were_written_in_whatever_order_they_come() {
        chat.settle(second, fence, "unknown", null, AGAIN.plusSeconds(15));
        String early = Said.id();
        String late = Said.id();

        echo(late, AGAIN.plusSeconds(1));
        echo(early, NOON.plusSeconds(1));

        assertThat(idOf(first)).isEqualTo(early);
        assertThat(idOf(second)).isEqualTo(late);
    }

    @Test
    void other_words_end_their_own_call_while_these_are_on_the_wire() {
        database.admin("UPDATE core.messages SET text = 'tudo bem?' WHERE id = ?", second);

        assertThat(echo(Said.id(), NOON.plusSeconds(1))).isEqualTo("applied");

        assertThat(chat.said()).isEqualTo("oi=accepted tudo bem?=sending");
    }

    private String echo(String id, OffsetDateTime written) {
        return database.receive(
                        AGAIN.plusSeconds(1),
                        Said.echo(chat.instance(), chat.address(), id, "oi")
                                .put("written_at", written.toInstant().toString()))
                .path("outcome")
                .asText();
    }

    private String idOf(UUID bubble) {
        return (String) database.value("SELECT provider_message_id FROM core.messages WHERE id = ?", bubble);
    }
}
