package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.Chat.OnTheWire;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How soon a conversation goes on without its sender, and what a provider's wish to wait does. Lease 30 s, call 10 s. */
class DeliveryLeaseTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Chat chat = Chat.answered(database, company);

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void a_sender_that_dies_while_it_waits_is_followed_after_its_lease_however_long_the_pace() {
        chat.plan("um", "dois");
        database.admin(
                "UPDATE core.messages SET pace_ms = 25000 WHERE conversation_id = ? AND position = 1", chat.id());
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.settle(chat.begin(fence, NOON), fence, "accepted", Said.id(), NOON);

        assertThat(chat.claimBubble(fence, NOON.plusSeconds(1))).containsEntry("verdict", "wait");

        assertThat(chat.claimDelivery(NOON.plusSeconds(30))).isEmpty();
        assertThat(chat.claimDelivery(NOON.plusSeconds(31))).hasSize(1);
    }

    @Test
    void a_sender_that_dies_after_its_call_was_settled_is_followed_after_ten_seconds() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.settle(chat.begin(fence, NOON), fence, "accepted", Said.id(), NOON.plusSeconds(1));

        assertThat(chat.claimDelivery(NOON.plusSeconds(10))).isEmpty();
        long successor = chat.claimDelivery(NOON.plusSeconds(11)).getFirst();

        assertThat(chat.claimBubble(successor, NOON.plusSeconds(11)))
                .containsEntry("verdict", "send")
                .containsEntry("text", "dois");
    }

    @Test
    void a_worker_that_waits_and_comes_back_keeps_its_conversation() {
        chat.plan("um", "dois");
        database.admin(
                "UPDATE core.messages SET pace_ms = 90000 WHERE conversation_id = ? AND position = 1", chat.id());
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.settle(chat.begin(fence, NOON), fence, "accepted", Said.id(), NOON);

        for (int second = 1; second < 90; second += 15) {
            assertThat(chat.claimBubble(fence, NOON.plusSeconds(second))).containsEntry("verdict", "wait");
            assertThat(chat.claimDelivery(NOON.plusSeconds(second + 14))).isEmpty();
        }

        assertThat(chat.claimBubble(fence, NOON.plusSeconds(90))).containsEntry("verdict", "send");
    }

    @ParameterizedTest
    @CsvSource({"accepted, accepted", "refused, failed", "unknown, unknown"})
    void a_settle_whose_answer_was_lost_is_settled_when_it_is_asked_again(String outcome, String status) {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        String id = outcome.equals("accepted") ? Said.id() : null;
        chat.settle(bubble, fence, outcome, id, NOON.plusSeconds(1));

        var again = chat.settle(bubble, fence, outcome, id, NOON.plusSeconds(2));

        assertThat(again.path("settled").asBoolean()).isTrue();
        assertThat(Chat.states(again)).isEmpty();
        assertThat(chat.said()).isEqualTo("um=" + status);
        assertThat(chat.settle(bubble, fence, "accepted", Said.id(), NOON.plusSeconds(3))
                        .path("settled")
                        .asBoolean())
                .as("another message's id")
                .isEqualTo(outcome.equals("unknown"));
    }

    @Test
    void a_claim_that_finds_nothing_left_gives_the_conversation_back() {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        chat.settle(chat.begin(fence, NOON), fence, "accepted", Said.id(), NOON);

        assertThat(chat.claimBubble(fence, NOON.plusSeconds(1))).containsEntry("verdict", "none");

        chat.plan("answer", NOON.plusSeconds(1), "dois");
        assertThat(chat.claimDelivery(NOON.plusSeconds(1))).hasSize(1);
    }

    @Test
    void a_second_call_has_a_deadline_of_its_own() {
        chat.plan("um");
        var call = chat.begin(NOON);

        assertThat(chat.maySayAgain(call, NOON.plusSeconds(12))).isTrue();

        assertThat(chat.claimDelivery(NOON.plusSeconds(12 + 44))).isEmpty();
        OffsetDateTime over = NOON.plusSeconds(12 + 45);
        assertThat(chat.claimBubble(chat.claimDelivery(over).getFirst(), over))
                .containsEntry("verdict", "resolve")
                .containsEntry("attempt", 3);
    }

    @Test
    void a_second_call_is_not_made_by_who_lost_the_lease_nor_over_a_person_nor_for_a_suspended_company() {
        chat.plan("um");
        var call = chat.begin(NOON);

        assertThat(chat.maySayAgain(new OnTheWire(call.bubble(), call.fence() - 1), NOON))
                .isFalse();
        database.admin("UPDATE core.companies SET status = 'suspended' WHERE id = ?", company.id());
        assertThat(chat.maySayAgain(call, NOON)).isFalse();
        database.admin("UPDATE core.companies SET status = 'active' WHERE id = ?", company.id());
        chat.takeOver(NOON);
        assertThat(chat.maySayAgain(call, NOON)).isFalse();
        assertThat(database.value("SELECT attempts FROM core.messages WHERE id = ?", call.bubble()))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({", 4, 5", "PT2S, 4, 5", "PT0S, 4, 5", "PT90S, 90, 100", "PT2H, 3600, 3610"})
    void a_bubble_comes_back_after_what_the_provider_asked_for_within_bounds(
            String retryAfter, long soonest, long latest) {
        chat.plan("um");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);

        assertThat(chat.later(bubble, fence, retryAfter, NOON).path("settled").asBoolean())
                .isTrue();

        assertThat(chat.claimDelivery(NOON.plusSeconds(soonest).minus(1, ChronoUnit.MILLIS)))
                .isEmpty();
        OffsetDateTime then = NOON.plusSeconds(latest);
        assertThat(chat.claimBubble(chat.claimDelivery(then).getFirst(), then)).containsEntry("verdict", "send");
    }

    @Test
    void our_own_back_off_grows_and_is_kept_when_the_provider_is_less_patient() {
        chat.plan("um");
        OffsetDateTime at = NOON;
        for (long expected : new long[] {5, 10, 20}) {
            long fence = chat.claimDelivery(at).getFirst();
            chat.later(chat.begin(fence, at), fence, "PT1S", at);
            assertThat(chat.claimDelivery(at.plusSeconds(expected * 4 / 5).minus(1, ChronoUnit.MILLIS)))
                    .isEmpty();
            at = at.plusSeconds(expected);
        }

        assertThat(chat.claimDelivery(at)).hasSize(1);
    }

    @Test
    void a_takeover_during_a_call_says_that_one_is_on_the_wire_and_it_is_reported_as_what_it_became() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);

        assertThat(chat.takeOver(NOON).path("on_the_wire").asInt()).isEqualTo(1);
        var settled = chat.settle(bubble, fence, "later", null, NOON.plusSeconds(1));

        assertThat(Chat.states(settled)).containsExactly("SUPERSEDED");
        assertThat(chat.said()).isEqualTo("um=superseded dois=superseded");
        assertThat(chat.claimDelivery(NOON.plusHours(2))).isEmpty();
    }

    @Test
    void a_call_that_was_on_the_wire_when_its_company_was_suspended_is_settled_and_the_rest_waits() {
        chat.plan("um", "dois");
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID bubble = chat.begin(fence, NOON);
        database.admin("UPDATE core.companies SET status = 'suspended' WHERE id = ?", company.id());

        chat.settle(bubble, fence, "accepted", Said.id(), NOON.plusSeconds(1));

        assertThat(chat.claimBubble(fence, NOON.plusSeconds(5))).containsEntry("verdict", "none");
        assertThat(chat.claimDelivery(NOON.plusHours(1))).isEmpty();
        assertThat(chat.said()).isEqualTo("um=accepted dois=planned");
        database.admin("UPDATE core.companies SET status = 'active' WHERE id = ?", company.id());
        assertThat(chat.claimDelivery(NOON.plusHours(1))).hasSize(1);
    }
}
