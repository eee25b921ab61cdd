package io.centurions.chaos.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.chaos.judge.Fact;
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

/** What follows from a form, a signature and a planned reply, as the real tables tell it. */
class ReadFlowsIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Admin admin = Admin.get();
    private final UUID lead = UUID.randomUUID();
    private final UUID conversation = UUID.randomUUID();
    private UUID company;
    private ReadFlows flows;

    @BeforeEach
    void make_a_conversation() {
        Companies.DemoCompany made = Companies.make("flows");
        Servers servers = Servers.started();
        company = made.company().value();
        flows = new ReadFlows(
                new Database(servers.adminUrl(), servers.adminUser(), servers.adminPassword()),
                List.of(new Company(company.toString(), Map.of(), "", "")));
        admin.execute("INSERT INTO core.leads (id, company_id, source) VALUES (?, ?, 'form')", lead, company);
        admin.execute(
                "INSERT INTO core.conversations (id, company_id, lead_id, instance_id, channel, chat_ref)"
                        + " VALUES (?, ?, ?, ?, 'whatsapp', '5511970000001')",
                conversation,
                company,
                lead,
                made.whatsapp().value());
    }

    @Test
    void a_bubble_counts_from_when_its_pace_lets_it_leave_to_the_first_word_of_its_end() throws SQLException {
        UUID reply = UUID.randomUUID();
        UUID first = bubble(reply, 0, 2_000, "accepted", 90);
        UUID second = bubble(reply, 1, 70_000, "planned", null);
        ended("runtime", first, 30);
        ended("runtime", first, 90);

        assertThat(facts("due to sent or dropped"))
                .containsExactlyInAnyOrder(
                        new Fact("due to sent or dropped", first.toString(), at(2), at(30)),
                        new Fact("due to sent or dropped", second.toString(), at(72), null));
    }

    @Test
    void a_bubble_that_was_dropped_has_come_to_its_end() throws SQLException {
        UUID dropped = bubble(UUID.randomUUID(), 0, 0, "superseded", null);
        ended("evolution", dropped, 12);

        assertThat(facts("due to sent or dropped"))
                .containsExactly(new Fact("due to sent or dropped", dropped.toString(), at(0), at(12)));
    }

    @Test
    void a_signature_is_whole_when_the_lead_is_told_of_it_and_of_no_other() throws SQLException {
        UUID contract = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        signed(contract, 5);
        signed(other, 6);
        turn("contract", contract + ":signed", 9);

        assertThat(facts("signed to told"))
                .containsExactlyInAnyOrder(
                        new Fact("signed to told", contract.toString(), at(5), at(9)),
                        new Fact("signed to told", other.toString(), at(6), null));
    }

    @Test
    void a_form_is_whole_when_its_lead_is_greeted() throws SQLException {
        UUID greeted = form(true, "phone:5511970000001");
        UUID forgotten = form(true, "phone:5511970000001");
        turn("form", greeted.toString(), 4);

        assertThat(facts("form to greeting"))
                .containsExactlyInAnyOrder(
                        new Fact("form to greeting", greeted.toString(), at(0), at(4)),
                        new Fact("form to greeting", forgotten.toString(), at(0), null));
    }

    @Test
    void a_lead_who_wrote_first_needs_no_greeting() throws SQLException {
        UUID form = form(true, "phone:5511970000001");
        inbound(1, -3);
        inbound(2, 7);

        assertThat(facts("form to greeting"))
                .containsExactly(new Fact("form to greeting", form.toString(), at(0), at(7)));
    }

    @Test
    void a_form_that_was_sent_again_or_left_no_number_is_not_greeted() throws SQLException {
        form(false, "phone:5511970000001");
        form(true, "email:maria@example.com");

        assertThat(facts("form to greeting")).isEmpty();
    }

    @Test
    void what_a_person_had_meanwhile_counts_from_the_return() throws SQLException {
        inbound(1, 3);
        UUID answer = answer(1, 50);
        takenOver(5, 40);
        inbound(2, 60);
        admin.execute(
                "UPDATE core.conversations SET inbound_seq = 2, answered_seq = 1, state = 'ai' WHERE id = ?",
                conversation);
        takenOver(61, 70);

        assertThat(facts("last word to turn"))
                .containsExactlyInAnyOrder(
                        new Fact("last word to turn", answer.toString(), at(40), at(50)),
                        new Fact("last word to turn", "conversation " + conversation, at(70), null));
    }

    private List<Fact> facts(String flow) throws SQLException {
        return flows.read().stream().filter(fact -> fact.flow().equals(flow)).toList();
    }

    private UUID bubble(UUID reply, int position, int paceMs, String status, Integer sentSecond) {
        UUID id = UUID.randomUUID();
        admin.execute(
                """
                INSERT INTO core.messages (id, company_id, conversation_id, direction, author, reply_id, position, purpose, kind, text,
                                           status, pace_ms, sent_at, created_at)
                VALUES (?, ?, ?, 'out', 'machine', ?, ?, 'answer', 'text', 'Oi', ?, ?, ?, ?)
                """,
                id,
                company,
                conversation,
                reply,
                position,
                status,
                paceMs,
                sentSecond == null ? null : stamp(sentSecond),
                stamp(0));
        return id;
    }

    private void inbound(int number, int second) {
        admin.execute("""
                INSERT INTO core.messages (company_id, conversation_id, direction, author, seq, kind, text, status, created_at)
                VALUES (?, ?, 'in', 'lead', ?, 'text', 'Oi', 'received', ?)
                """, company, conversation, number, stamp(second));
    }

    private void ended(String service, UUID bubble, int second) {
        event(service, "message.sent", "{\"message\": \"" + bubble + "\", \"state\": \"ACCEPTED\"}", second);
    }

    private void signed(UUID contract, int second) {
        String payload = "{\"contract\": \"" + contract + "\", \"deal\": \"" + UUID.randomUUID() + "\"}";
        event("autentique", "contract.signed", payload, second);
    }

    // As published: no relay of another test is to take it up.
    private void event(String service, String type, String payload, int second) {
        admin.execute(
                "INSERT INTO core.outbox_" + service
                        + " (company_id, id, type, subject, occurred_at, correlation_id, payload, created_at, published_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)",
                company,
                UUID.randomUUID(),
                type,
                conversation,
                stamp(second),
                UUID.randomUUID(),
                payload,
                stamp(second),
                stamp(second));
    }

    private void turn(String origin, String originId, int second) {
        admin.execute("""
                INSERT INTO core.turns (company_id, conversation_id, origin, origin_id, purpose, outcome, committed_at)
                VALUES (?, ?, ?, ?, 'notice', 'notice', ?)
                """, company, conversation, origin, originId, stamp(second));
    }

    private UUID answer(int word, int second) {
        UUID id = UUID.randomUUID();
        admin.execute("""
                INSERT INTO core.turns (id, company_id, conversation_id, origin, origin_id, purpose, from_seq, to_seq, outcome, committed_at)
                VALUES (?, ?, ?, 'burst', ?, 'answer', ?, ?, 'reply', ?)
                """, id, company, conversation, Integer.toString(word), word, word, stamp(second));
        return id;
    }

    private void takenOver(int second, int returned) {
        admin.execute("""
                INSERT INTO core.takeovers (company_id, conversation_id, taken_by, epoch, taken_at, returned_at)
                VALUES (?, ?, 'phone', 1, ?, ?)
                """, company, conversation, stamp(second), stamp(returned));
    }

    private UUID form(boolean announced, String person) {
        UUID id = UUID.randomUUID();
        admin.execute("""
                INSERT INTO core.form_submissions (id, company_id, form_id, lead_id, person, announced, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, id, company, UUID.randomUUID(), lead, person, announced, stamp(0));
        return id;
    }

    private static Timestamp stamp(int second) {
        return Timestamp.from(at(second));
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }
}
