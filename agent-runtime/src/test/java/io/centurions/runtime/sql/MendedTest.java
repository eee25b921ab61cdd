package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What rests for minutes at an instance that works again leaves soon, but not all at once and not before the provider asked for. */
class MendedTest {

    private static final OffsetDateTime MENDED = NOON.plusSeconds(20);
    private static final OffsetDateTime ROUSED = NOON.plusSeconds(30);
    private static final OffsetDateTime NEAR = ROUSED.plusSeconds(10);
    private static final OffsetDateTime LEFT = NOON.plusMinutes(5);
    private static final int ALL = 100;

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();

    @BeforeEach
    void calm() {
        database.calm();
        database.admin("UPDATE core.channel_instances SET mended_at = NULL");
    }

    @Test
    void what_rests_at_an_instance_that_works_again_leaves_soon_in_its_order() {
        Chat chat = resting(null);
        chat.plan("notice", NOON.plusSeconds(1), "contrato assinado");
        assertThat(rouse(ALL)).as("not mended").isZero();
        mended();

        assertThat(rouse(ALL)).isOne();

        assertThat(rouse(ALL)).as("once").isZero();
        long fence = chat.claimDelivery(NEAR).getFirst();
        for (String text : List.of("um", "dois", "contrato assinado")) {
            assertThat(chat.claimBubble(fence, NEAR.plusMinutes(1)))
                    .containsEntry("verdict", "send")
                    .containsEntry("text", text);
            accepted(chat, fence);
        }
    }

    @Test
    void what_is_planned_meanwhile_leaves_with_it() {
        Chat chat = resting(null);
        mended();
        rouse(ALL);

        chat.plan("notice", ROUSED, "contrato assinado");

        assertThat(database.count(
                        "SELECT count(DISTINCT due_at) FROM core.messages WHERE conversation_id = ? AND status = 'planned'",
                        chat.id()))
                .isOne();
    }

    @Test
    void it_comes_back_apart_and_in_batches() {
        for (int chat = 0; chat < 20; chat++) {
            resting(null);
        }
        mended();

        assertThat(List.of(rouse(12), rouse(12), rouse(12))).containsExactly(12, 8, 0);

        assertThat(database.count(
                        "SELECT count(DISTINCT due_at) FROM core.messages WHERE company_id = ? AND due_at BETWEEN ? AND ?",
                        company.id(),
                        ROUSED,
                        NEAR))
                .isGreaterThan(10);
    }

    @Test
    void what_the_provider_asked_for_is_waited_for() {
        Chat all = resting("PT10M");
        Chat part = resting("PT2M");
        mended();

        assertThat(rouse(ALL)).isOne();

        assertThat(rouse(ALL)).as("once").isZero();
        assertThat(part.claimDelivery(NOON.plusSeconds(119))).isEmpty();
        assertThat(part.claimDelivery(NOON.plusSeconds(130))).hasSize(1);
        assertThat(all.claimDelivery(NOON.plusSeconds(599))).isEmpty();
    }

    @Test
    void what_was_turned_away_since_waits_as_long_as_any() {
        database.admin("UPDATE core.channel_instances SET mended_at = ? WHERE id = ?", NOON, company.whatsapp());
        resting(null);

        assertThat(rouse(ALL)).isZero();
    }

    @Test
    void what_was_on_the_wire_while_it_was_mended_did_not_meet_it() {
        Chat chat = Chat.answered(database, company);
        chat.plan("um");
        postponedOften(chat);
        long fence = chat.claimDelivery(NOON).getFirst();
        UUID call = chat.begin(fence, NOON);
        mended();
        chat.later(call, fence, null, MENDED.plusSeconds(5));

        assertThat(rouse(ALL)).isOne();
    }

    @Test
    void a_conversation_that_somebody_works_on_is_left_to_the_next_sweep() throws SQLException {
        Chat chat = resting(null);
        resting(null);
        mended();

        try (Connection somebody = database.connectAsAdmin()) {
            somebody.setAutoCommit(false);
            ConversationDatabase.run(somebody, "SELECT id FROM core.conversations WHERE id = ? FOR UPDATE", chat.id());
            assertThat(rouse(ALL)).isOne();
            somebody.rollback();
        }
        assertThat(rouse(ALL)).isOne();
    }

    @Test
    void what_rests_at_another_instance_or_on_a_channel_of_others_stays() {
        Chat chat = resting(null);
        database.admin(
                "UPDATE core.channel_instances SET mended_at = ? WHERE company_id = ? AND id <> ?",
                MENDED,
                company.id(),
                company.whatsapp());
        assertThat(rouse(ALL)).isZero();
        mended();

        assertThat(roused("telegram", ALL)).isZero();
        assertThat(chat.claimDelivery(NEAR)).isEmpty();
    }

    @Test
    void a_repeat_that_was_held_back_is_resolved_soon() {
        Chat chat = Chat.answered(database, company);
        var repeat = chat.sayAgain("um", NOON);
        postponedOften(chat);
        chat.later(repeat.bubble(), repeat.fence(), null, NOON);
        mended();

        assertThat(rouse(ALL)).isOne();

        assertThat(chat.claimBubble(chat.claimDelivery(NEAR).getFirst(), NEAR)).containsEntry("verdict", "resolve");
    }

    @Test
    void the_first_that_leaves_after_a_rest_wakes_what_rests_at_its_instance() {
        Chat first = resting(null);
        Chat other = restingSince(NOON.plusMinutes(4), null);

        leaves(first, LEFT);

        assertThat(rousedAt(LEFT)).isOne();
        assertThat(other.claimDelivery(LEFT.plusSeconds(10))).hasSize(1);
    }

    @Test
    void one_that_leaves_and_never_rested_says_nothing_of_what_does() {
        Chat never = Chat.answered(database, company);
        never.plan("um");
        restingSince(NOON.plusMinutes(4), null);

        leaves(never, LEFT);

        assertThat(rousedAt(LEFT)).isZero();
    }

    @Test
    void where_only_some_leave_the_rest_is_not_woken_by_each_of_them() {
        Chat first = resting(null);
        restingSince(NOON.plusMinutes(4), null);
        database.admin(
                "UPDATE core.channel_instances SET mended_at = ? WHERE id = ?",
                LEFT.minusMinutes(2),
                company.whatsapp());

        leaves(first, LEFT);

        assertThat(rousedAt(LEFT)).isZero();
    }

    private static void leaves(Chat chat, OffsetDateTime at) {
        long fence = chat.claimDelivery(at).getFirst();
        chat.settle(chat.begin(fence, at), fence, "accepted", Said.id(), at);
    }

    private Chat resting(String retryAfter) {
        return restingSince(NOON, retryAfter);
    }

    /** Its first bubble of two was turned away, as often before: for four minutes at least. */
    private Chat restingSince(OffsetDateTime at, String retryAfter) {
        Chat chat = Chat.answered(database, company);
        chat.plan("um", "dois");
        postponedOften(chat);
        long fence = chat.claimDelivery(at).getFirst();
        chat.later(chat.begin(fence, at), fence, retryAfter, at);
        return chat;
    }

    private void postponedOften(Chat chat) {
        database.admin(
                "UPDATE core.messages SET postponed = 10 WHERE conversation_id = ? AND direction = 'out'", chat.id());
    }

    private void accepted(Chat chat, long fence) {
        UUID bubble = (UUID) database.value(
                "SELECT id FROM core.messages WHERE conversation_id = ? AND status = 'sending'", chat.id());
        chat.settle(bubble, fence, "accepted", Said.id(), NEAR);
    }

    private void mended() {
        database.admin("UPDATE core.channel_instances SET mended_at = ? WHERE id = ?", MENDED, company.whatsapp());
    }

    private int rouse(int limit) {
        return roused("whatsapp", limit);
    }

    private int roused(String channel, int limit) {
        return roused(channel, limit, ROUSED);
    }

    private int rousedAt(OffsetDateTime now) {
        return roused("whatsapp", ALL, now);
    }

    private int roused(String channel, int limit, OffsetDateTime now) {
        return (Integer) database.call(
                        EVOLUTION,
                        "SELECT roused FROM core.rouse_bubbles_of_mended_v1(ARRAY[?], ?, ?)",
                        channel,
                        limit,
                        now)
                .getFirst()
                .get("roused");
    }
}
