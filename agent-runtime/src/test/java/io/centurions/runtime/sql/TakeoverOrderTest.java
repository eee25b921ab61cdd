package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A call of the machine and a takeover wait for the same lock, and each brings a moment from before it waited: who came first is told
 * by the lock.
 */
class TakeoverOrderTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Chat chat = Chat.answered(database, database.company());

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void a_takeover_that_waited_for_a_call_to_be_allowed_met_it() {
        chat.plan("um");
        var call = chat.begin(NOON);
        chat.takeOver(NOON.minusSeconds(1));
        chat.giveBack(NOON.plusSeconds(1));

        chat.settle(call, "later", null, NOON.plusSeconds(2));

        assertThat(chat.said()).isEqualTo("um=superseded");
    }

    @Test
    void nor_is_the_call_of_a_dead_sender_repeated_behind_that_person() {
        chat.plan("um");
        chat.begin(NOON);
        chat.takeOver(NOON.minusSeconds(1));
        chat.giveBack(NOON.plusSeconds(1));

        var later = NOON.plusSeconds(45);
        var next = chat.claimBubble(chat.claimDelivery(later).getFirst(), later);

        assertThat(next).containsEntry("verdict", "none");
        assertThat(chat.said()).isEqualTo("um=unknown");
    }

    @Test
    void a_call_that_waited_until_a_person_had_come_and_gone_met_nobody() {
        chat.takeOver(NOON.plusSeconds(1));
        chat.giveBack(NOON.plusSeconds(2));
        chat.plan("um");
        var call = chat.begin(NOON);

        chat.settle(call, "later", null, NOON.plusSeconds(3));

        assertThat(chat.said()).isEqualTo("um=planned");
    }
}
