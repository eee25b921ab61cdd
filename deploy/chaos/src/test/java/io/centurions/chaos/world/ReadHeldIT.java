package io.centurions.chaos.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Servers;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is held of a conversation that a person had from second 10 to second 20 and answered the second word in. */
class ReadHeldIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Admin admin = Admin.get();
    private final UUID lead = UUID.randomUUID();
    private final UUID conversation = UUID.randomUUID();
    private UUID company;
    private ReadHeld held;

    @BeforeEach
    void a_person_has_come_and_gone() {
        Companies.DemoCompany made = Companies.make("held");
        Servers servers = Servers.started();
        company = made.company().value();
        held = new ReadHeld(
                new Database(servers.adminUrl(), servers.adminUser(), servers.adminPassword()),
                List.of(new Company(company.toString(), Map.of(), "", "")));
        admin.execute("INSERT INTO core.leads (id, company_id, source) VALUES (?, ?, 'form')", lead, company);
        admin.execute(
                "INSERT INTO core.conversations (id, company_id, lead_id, instance_id, channel, chat_ref)"
                        + " VALUES (?, ?, ?, ?, 'whatsapp', '5511970000002')",
                conversation,
                company,
                lead,
                made.whatsapp().value());
        admin.execute(
                "INSERT INTO core.takeovers (company_id, conversation_id, taken_by, epoch, taken_at, returned_at)"
                        + " VALUES (?, ?, 'phone', 1, ?, ?)",
                company,
                conversation,
                stamp(10),
                stamp(20));
        personSaid(2, 12);
    }

    @Test
    void an_answer_of_after_the_return_to_words_that_the_person_had_answered_is_found() throws SQLException {
        turn("2", 2, 3, 21);

        assertThat(held.read().answeredAgain())
                .singleElement()
                .asString()
                .contains(conversation.toString(), "answers 2 to 3", "up to 2");
    }

    @Test
    void answers_of_before_or_that_nobody_heard_or_to_what_the_person_said_something_of_too_late_are_not()
            throws SQLException {
        turn("1", 1, 2, 9);
        turn("2:unheard:" + UUID.randomUUID(), 2, 3, 21);
        turn("3", 3, 4, 22);
        personSaid(4, 19);
        personSaid(4, 23);

        assertThat(held.read().answeredAgain()).isEmpty();
    }

    private void personSaid(int seen, int second) {
        admin.execute("""
                INSERT INTO core.messages (company_id, conversation_id, direction, author, seen_seq, kind, text, status, created_at)
                VALUES (?, ?, 'out', 'person', ?, 'text', 'Oi', 'accepted', ?)
                """, company, conversation, seen, stamp(second));
    }

    private void turn(String originId, int from, int to, int second) {
        admin.execute("""
                INSERT INTO core.turns (company_id, conversation_id, origin, origin_id, purpose, from_seq, to_seq, outcome, committed_at)
                VALUES (?, ?, 'burst', ?, 'answer', ?, ?, 'reply', ?)
                """, company, conversation, originId, from, to, stamp(second));
    }

    private static Timestamp stamp(int second) {
        return Timestamp.from(NOON.plusSeconds(second));
    }
}
