package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.Turns.waitingSince;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A turn ends without a word while a call of the answer before is on the wire; then the call turns out not to have been made. */
class ReliedOnTest {

    private static final OffsetDateTime LATER = NOON.plusMinutes(2);

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);
    private final Turns turns = new Turns(chat);
    private Chat.OnTheWire call;

    @BeforeEach
    void silenceBehindACall() {
        database.calm();
        turns.answered(1, 1, "um");
        call = chat.begin(NOON);
        chat.leadWrites(NOON.plusSeconds(1), "ok");
        turns.answered(2, 2);
    }

    @Test
    void the_answer_is_sent_again_however_old() {
        chat.settle(call, "later", null, NOON.plusSeconds(2));

        chat.begin(LATER);

        assertThat(chat.said()).isEqualTo("um=sending");
    }

    @Test
    void once_put_back_it_is_as_new_as_the_words_that_relied_on_it() {
        chat.settle(call, "later", null, NOON.plusSeconds(2));

        assertThat(seen()).isEqualTo(2);
    }

    @Test
    void so_it_is_when_its_claim_is_taken_back() {
        database.asCompany(
                EVOLUTION,
                company.id(),
                "SELECT core.renew_delivery_v1(?, ?, interval '10 s', ?)",
                chat.id(),
                call.fence(),
                NOON.plusSeconds(2));

        assertThat(chat.said()).isEqualTo("um=planned");
        assertThat(seen()).isEqualTo(2);
    }

    @Test
    void when_words_after_the_silence_have_dropped_it_and_a_person_came_both_want_an_answer() {
        chat.settle(call, "later", null, NOON.plusSeconds(2));
        chat.leadWrites(NOON.plusSeconds(3), "e o preço?");
        chat.claimBubble(chat.claimDelivery(NOON.plusSeconds(30)).getFirst(), NOON.plusSeconds(30));
        assertThat(chat.said()).isEqualTo("um=superseded");

        chat.takeOver(NOON.plusSeconds(31));
        chat.giveBack(LATER);

        assertThat(turns.waiting()).isEqualTo(waitingSince(LATER, 0));
    }

    private long seen() {
        return (Long) database.value(
                "SELECT seen_seq FROM core.messages WHERE conversation_id = ? AND text = 'um'", chat.id());
    }
}
