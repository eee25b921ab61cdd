package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sender who lives and does not know whether its claim was committed knows that it called nothing. */
class LostClaimTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void what_a_lost_claim_put_on_the_wire_is_sent_at_once_as_if_it_had_not_been() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.begin(fence, NOON);

        long newer = renew(fence, NOON.plusSeconds(1)).path("delivery_fence").asLong();

        assertThat(newer).isGreaterThan(fence);
        assertThat(chat.claimDelivery(NOON.plusSeconds(1)))
                .as("it is still ours")
                .isEmpty();
        assertThat(chat.claimBubble(newer, NOON.plusSeconds(1)))
                .containsEntry("verdict", "send")
                .containsEntry("text", "um")
                .containsEntry("attempt", 1);
    }

    @Test
    void nothing_of_the_older_fence_counts_any_more() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        long newer = renew(fence, NOON).path("delivery_fence").asLong();
        UUID bubble = chat.begin(newer, NOON);

        assertThat(chat.claimBubble(fence, NOON.plusSeconds(1))).containsEntry("verdict", "none");
        assertThat(renew(fence, NOON.plusSeconds(1)).path("delivery_fence").isNull())
                .isTrue();

        assertThat(chat.said()).isEqualTo("um=sending dois=planned");
        assertThat(chat.settle(bubble, newer, "accepted", Said.id(), NOON.plusSeconds(2))
                        .path("settled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void a_lost_claim_that_put_nothing_on_the_wire_changes_nothing_but_the_fence() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.settle(chat.begin(fence, NOON), fence, "accepted", Said.id(), NOON);
        chat.claimBubble(fence, NOON);

        long newer = renew(fence, NOON).path("delivery_fence").asLong();

        assertThat(chat.said()).isEqualTo("um=accepted dois=planned");
        assertThat(chat.claimBubble(newer, NOON.plusSeconds(1))).containsEntry("text", "dois");
    }

    @Test
    void what_another_sender_called_is_resolved_still_and_not_sent_again() {
        chat.plan("um");
        chat.begin(chat.claimDelivery(NOON).getFirst(), NOON);
        OffsetDateTime at = NOON.plusSeconds(45);
        long fence = chat.claimDelivery(at).getFirst();
        assertThat(chat.claimBubble(fence, at)).containsEntry("verdict", "resolve");

        for (int lost = 0; lost < 4; lost++) {
            fence = renew(fence, at).path("delivery_fence").asLong();
            assertThat(chat.claimBubble(fence, at))
                    .containsEntry("verdict", "resolve")
                    .containsEntry("attempt", 2);
        }
    }

    @Test
    void what_never_left_is_dropped_when_a_person_has_the_conversation_meanwhile() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.begin(fence, NOON);
        chat.takeOver(NOON);

        JsonNode renewed = renew(fence, NOON.plusSeconds(1));

        assertThat(Chat.states(renewed)).containsExactly("SUPERSEDED");
        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded");
        assertThat(chat.claimBubble(renewed.path("delivery_fence").asLong(), NOON.plusSeconds(1)))
                .containsEntry("verdict", "none");
    }

    @Test
    void words_that_left_our_number_meanwhile_are_a_persons() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.begin(fence, NOON);
        database.receive(NOON, Said.echo(chat.instance(), chat.address(), Said.id(), "deixa comigo"));

        renew(fence, NOON.plusSeconds(1));

        assertThat(chat.state()).isEqualTo("human");
        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded deixa comigo=accepted");
    }

    private JsonNode renew(long fence, OffsetDateTime at) {
        return ConversationDatabase.json(database.asCompany(
                        EVOLUTION,
                        company.id(),
                        "SELECT core.renew_delivery_v1(?, ?, ?::interval, ?)::text AS out",
                        chat.id(),
                        fence,
                        Chat.LEASE,
                        at)
                .getFirst()
                .get("out"));
    }
}
