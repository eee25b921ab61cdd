package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.Chat.OnTheWire;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a lead may have read twice is listed beside what they may not have read at all. */
class SaidAgainTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat telegram = Chat.answered(database, company, company.telegram(), Said.id());

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void a_text_that_was_said_once_more_is_listed_when_it_has_arrived() {
        OnTheWire second = telegram.sayAgain("um", NOON);
        assertThat(listed()).isEmpty();

        telegram.settle(second, "accepted", Said.id(), NOON);

        assertThat(telegram.said()).isEqualTo("um=accepted");
        assertThat(listed()).containsExactly(second.bubble() + " said_again");
    }

    @Test
    void one_whose_second_call_ended_unseen_too_is_listed_once_as_unknown() {
        OnTheWire second = telegram.sayAgain("um", NOON);

        telegram.settle(second, "unknown", null, NOON);

        assertThat(listed()).containsExactly(second.bubble() + " unknown");
    }

    @Test
    void one_that_was_called_once_is_not_listed() {
        telegram.plan("um");
        telegram.settle(telegram.begin(NOON), "accepted", Said.id(), NOON);

        assertThat(listed()).isEmpty();
    }

    @Test
    void one_that_was_found_at_a_provider_who_can_be_asked_was_said_once() {
        Chat whatsapp = Chat.answered(database, company);
        whatsapp.plan("um");
        whatsapp.begin(NOON);
        var at = NOON.plusSeconds(45);
        long successor = whatsapp.claimDelivery(at).getFirst();
        var resolve = whatsapp.claimBubble(successor, at);

        whatsapp.settle((UUID) resolve.get("bubble_id"), successor, "accepted", Said.id(), at);

        assertThat(resolve).containsEntry("attempt", 2);
        assertThat(whatsapp.said()).isEqualTo("um=accepted");
        assertThat(listed()).isEmpty();
    }

    @Test
    void nothing_is_said_once_more_after_a_person_came_and_went() {
        telegram.plan("um");
        OnTheWire call = telegram.begin(NOON);
        telegram.takeOver(NOON.plusSeconds(1));
        telegram.giveBack(NOON.plusSeconds(2));

        assertThat(telegram.maySayAgain(call, NOON.plusSeconds(3))).isFalse();
    }

    private List<String> listed() {
        return database
                .asCompany(RUNTIME, company.id(), "SELECT message_id, certainty FROM core.unknown_bubbles_v1")
                .stream()
                .map(row -> row.get("message_id") + " " + row.get("certainty"))
                .toList();
    }
}
