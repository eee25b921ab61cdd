package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no event and no loop has taken care of, as the sweeps find it. */
class LeftBehindTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final ConversationDatabase.Company company = database.company();

    @BeforeEach
    void nothingElseWaits() {
        database.calm();
        database.admin("UPDATE core.conversations SET answered_seq = inbound_seq");
    }

    @Test
    void a_burst_is_overdue_when_it_was_due_long_ago_and_nobody_claimed_it() {
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));

        assertThat(overdueTurns(NOON.plusSeconds(30))).isZero();
        assertThat(overdueTurns(NOON.plusSeconds(40))).isOne();

        database.call(
                RUNTIME, "SELECT * FROM core.claim_due_turns_v2(1000, 'PT90S'::interval, ?)", NOON.plusSeconds(40));
        assertThat(overdueTurns(NOON.plusSeconds(140))).isZero();
        assertThat(overdueTurns(NOON.plusSeconds(170))).isOne();
    }

    @Test
    void the_burst_of_a_company_that_is_not_active_is_nobodys_fault() {
        database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "oi"));

        status("suspended");

        assertThat(overdueTurns(NOON.plusSeconds(60))).isZero();
    }

    @Test
    void what_was_written_to_a_suspended_company_is_due_once_it_is_active_again() {
        status("suspended");
        UUID conversation =
                UUID.fromString(database.receive(NOON, Said.message(company.whatsapp(), Said.phone(), "alguém?"))
                        .path("conversation_id")
                        .asText());
        assertThat(stranded(NOON.plusSeconds(60))).isZero();

        status("active");

        assertThat(stranded(NOON.plusSeconds(10))).as("left to others at first").isZero();
        assertThat(stranded(NOON.plusSeconds(60))).isOne();
        assertThat(stranded(NOON.plusSeconds(60))).isZero();
        assertThat(database.value(
                        "SELECT turn_due_at = ? FROM core.conversations WHERE id = ?",
                        NOON.plusSeconds(60),
                        conversation))
                .isEqualTo(true);
    }

    @Test
    void an_answered_conversation_and_one_that_a_person_has_are_not_stranded() {
        Chat.answered(database, company);
        Chat taken = Chat.answered(database, company);
        taken.takeOver(NOON.plusSeconds(1));
        database.receive(NOON.plusSeconds(2), Said.message(company.whatsapp(), taken.address(), "e aí?"));

        assertThat(stranded(NOON.plusSeconds(60))).isZero();
    }

    @Test
    void bubbles_are_overdue_when_nobody_has_their_conversation() {
        Chat chat = Chat.answered(database, company);
        chat.plan("Olá!");

        assertThat(overdueDeliveries(NOON.plusSeconds(20))).isZero();
        assertThat(overdueDeliveries(NOON.plusSeconds(40))).isOne();

        long fence = chat.claimDelivery(NOON.plusSeconds(40)).getFirst();
        assertThat(overdueDeliveries(NOON.plusSeconds(60))).isZero();
        UUID bubble = chat.begin(fence, NOON.plusSeconds(41));
        chat.settle(bubble, fence, "accepted", "WA-1", NOON.plusSeconds(42));
        assertThat(overdueDeliveries(NOON.plusSeconds(300))).isZero();
    }

    @Test
    void a_bubble_that_a_dead_worker_left_on_the_wire_is_overdue_after_its_call_could_have_ended() {
        Chat chat = Chat.answered(database, company);
        chat.plan("Olá!");
        long fence = chat.claimDelivery(NOON.plusSeconds(2)).getFirst();
        chat.begin(fence, NOON.plusSeconds(3));

        assertThat(overdueDeliveries(NOON.plusSeconds(60))).isZero();
        assertThat(overdueDeliveries(NOON.plusSeconds(120))).isOne();
    }

    @Test
    void keys_are_forgotten_after_thirty_days_in_batches() {
        OffsetDateTime then = NOON.minusDays(31);
        for (int word = 0; word < 3; word++) {
            database.receive(then, Said.message(company.whatsapp(), Said.phone(), "oi"));
        }
        long recent = keys(NOON.minusDays(1));

        assertThat(forget(2)).isEqualTo(2);
        assertThat(forget(2)).isPositive();
        while (forget(1000) > 0) {
            assertThat(keys(NOON.minusDays(1))).isEqualTo(recent);
        }
        assertThat(database.count("SELECT count(*) FROM core.message_keys WHERE company_id = ?", company.id()))
                .isZero();
    }

    @Test
    void a_lead_that_was_rebuilt_is_known_as_such_and_one_that_wrote_is_not() {
        String wrote = Said.phone();
        String rebuilt = Said.phone();
        database.receive(NOON, Said.message(company.whatsapp(), wrote, "oi"));
        var item = Said.message(company.whatsapp(), rebuilt, "oi").put("received_at", NOON.toString());

        database.call(
                RUNTIME,
                "SELECT core.rebuild_messages_v1(?::jsonb)::text AS out",
                List.of(item).toString());

        assertThat(database.count(
                        "SELECT count(*) FROM core.leads WHERE company_id = ? AND rebuilt_at IS NOT NULL",
                        company.id()))
                .isOne();
        assertThat(database.count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo(2);
        assertThat(stranded(NOON.plusDays(1))).isZero();
    }

    private long keys(OffsetDateTime since) {
        return database.count("SELECT count(*) FROM core.message_keys WHERE created_at > ?", since);
    }

    private int forget(int most) {
        return number("SELECT core.forget_message_keys_v1(?, ?) AS n", most, NOON)
                .intValue();
    }

    private long overdueTurns(OffsetDateTime at) {
        return number("SELECT core.count_overdue_turns_v1('PT30S', ?) AS n", at).longValue();
    }

    private int stranded(OffsetDateTime at) {
        return number("SELECT core.make_stranded_bursts_due_v1(100, 'PT20S', ?) AS n", at)
                .intValue();
    }

    private long overdueDeliveries(OffsetDateTime at) {
        return number("SELECT core.count_overdue_deliveries_v1(ARRAY['whatsapp'], 'PT30S', ?) AS n", at)
                .longValue();
    }

    private Number number(String sql, Object... parameters) {
        return (Number) database.call(RUNTIME, sql, parameters).getFirst().get("n");
    }

    private void status(String status) {
        database.admin("UPDATE core.companies SET status = ? WHERE id = ?", status, company.id());
    }
}
