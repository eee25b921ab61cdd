package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.BACKOFFICE;
import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A batch of intake meets somebody else who locks some of the same rows. A third connection holds the row at
 * which they would cross until both wait, the batch first: in one order the second waits for the batch and
 * both end, in two they wait for each other.
 */
class LockOrderTest {

    private static final String LAST_PLACE =
            "SELECT used FROM core.usage_months WHERE company_id = ? AND what = 'leads' AND share = 0 FOR UPDATE";
    private static final String CONVERSATION = "SELECT id FROM core.conversations WHERE id = ? FOR UPDATE";

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final Plan plan = new Plan(database, company);
    // In the order in which a batch works on them.
    private final String stranger = Said.phone();
    private final String ana = Said.phone();
    private final String bia = Said.phone();

    @BeforeEach
    void calm() {
        database.calm();
    }

    @Test
    void a_batch_that_takes_a_place_and_a_hand_back_that_takes_one() throws Exception {
        UUID waiting = waitsForAPlace(Said.message(company.whatsapp(), bia, "oi"));

        JsonNode stored = meeting(
                LAST_PLACE, company.id(), () -> receive(message(stranger), message(bia)), () -> giveBack(waiting));

        assertThat(stored.path("results").findValuesAsText("outcome")).containsExactly("stored", "stored");
        assertAllPlaced();
    }

    @Test
    void a_batch_and_a_hand_back_of_another_conversation_of_the_same_lead() throws Exception {
        var onTelegram = Said.known(Said.message(company.telegram(), "77" + bia, "oi"), "phone", bia);
        UUID waiting = waitsForAPlace(onTelegram, message(bia));

        JsonNode stored = meeting(
                LAST_PLACE, company.id(), () -> receive(message(stranger), message(bia)), () -> giveBack(waiting));

        assertThat(stored.path("results").findValuesAsText("outcome")).containsExactly("stored", "stored");
        assertAllPlaced();
    }

    @Test
    void a_batch_over_two_companies_and_a_replica_that_gives_its_turns_back() throws Exception {
        Company other = database.company();
        Company low = company.id().toString().compareTo(other.id().toString()) < 0 ? company : other;
        Company high = low == company ? other : company;
        // The company that comes first has the conversation that was made last.
        UUID ofHigh = stored(high, ana);
        UUID ofLow = stored(low, bia);

        JsonNode stored = meeting(
                CONVERSATION,
                ofHigh,
                () -> receive(Said.message(high.whatsapp(), ana, "e aí?"), Said.message(low.whatsapp(), bia, "e aí?")),
                () -> release(List.of(low.id(), high.id()), List.of(ofLow, ofHigh)));

        assertThat(stored.path("results").findValuesAsText("outcome")).containsExactly("stored", "stored");
    }

    @Test
    void a_batch_that_learns_something_of_one_lead_and_a_replica_that_gives_its_turns_back() throws Exception {
        UUID first = stored(company, ana);
        UUID second = stored(company, bia);
        ObjectNode click = message(ana);
        click.putObject("referral").put("ctwa_clid", "click-2");

        JsonNode stored = meeting(
                CONVERSATION,
                second,
                () -> receive(click, message(bia)),
                () -> release(List.of(company.id(), company.id()), List.of(first, second)));

        assertThat(stored.path("results").findValuesAsText("outcome")).containsExactly("stored", "stored");
    }

    @Test
    void a_batch_that_tells_who_is_typing_and_a_replica_that_gives_its_turns_back() throws Exception {
        UUID first = stored(company, ana);
        UUID second = stored(company, bia);

        JsonNode stored = meeting(
                CONVERSATION,
                second,
                () -> receive(message(bia), Said.item(company.whatsapp(), "presence", ana, "in", Said.id(), "0")),
                () -> release(List.of(company.id(), company.id()), List.of(first, second)));

        assertThat(stored.path("results").findValuesAsText("outcome")).containsExactly("stored", "applied");
    }

    @Test
    void a_batch_with_a_mark_for_an_id_that_only_another_channel_knows_and_a_replica_that_gives_its_turns_back()
            throws Exception {
        UUID first = stored(company, ana);
        UUID second = stored(company, bia);
        String id = Said.id();
        database.receive(NOON, Said.message(company.telegram(), "77", id, "oi"));

        JsonNode stored = meeting(
                CONVERSATION,
                second,
                () -> receive(message(bia), Said.status(company.whatsapp(), ana, id, "read")),
                () -> release(List.of(company.id(), company.id()), List.of(first, second)));

        assertThat(stored.path("results").findValuesAsText("outcome")).containsExactly("stored", "kept");
    }

    @Test
    void a_batch_of_plain_messages_lets_others_write_down_what_names_its_conversations() throws Exception {
        UUID conversation = stored(company, ana);
        stored(company, bia);
        try (Connection batch = database.connect(EVOLUTION)) {
            batch.setAutoCommit(false);
            ConversationDatabase.run(
                    batch,
                    "SELECT core.receive_messages_v1(?::text::jsonb, ?)",
                    List.of(message(ana), message(bia)).toString(),
                    NOON);

            assertThat(database.admin(
                            "SELECT id FROM core.conversations WHERE id = ? FOR KEY SHARE NOWAIT", conversation))
                    .hasSize(1);
        }
    }

    /** What became of the batch; the other's failure is thrown, if it has one. */
    private JsonNode meeting(String held, UUID of, Callable<JsonNode> batch, Callable<?> other) throws Exception {
        try (var both = Executors.newFixedThreadPool(2);
                Connection gate = database.connectAsAdmin()) {
            gate.setAutoCommit(false);
            assertThat(ConversationDatabase.run(gate, held, of)).hasSize(1);
            Future<JsonNode> intake = both.submit(batch);
            waiting(1);
            Future<?> second = both.submit(other);
            waiting(2);
            gate.commit();
            JsonNode stored = intake.get();
            second.get();
            return stored;
        }
    }

    private void waiting(int connections) {
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> database.count("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        == connections);
    }

    /** Its conversation is with people, because the plan had no place; now it has some, and one is taken. */
    private UUID waitsForAPlace(ObjectNode... words) {
        plan.limit("leads", 0, "block");
        JsonNode stored = receive(words).path("results");
        plan.limit("leads", 10, "block");
        database.receive(NOON, message(ana));
        assertThat(plan.held("leads", "waiting_human")).isEqualTo(words.length);
        assertThat(plan.waiting()).as("one lead").isEqualTo(1);
        return conversation(stored.get(0));
    }

    private void assertAllPlaced() {
        assertThat(plan.used("leads")).isEqualTo(3);
        assertThat(plan.waiting()).isZero();
    }

    private UUID stored(Company where, String phone) {
        return conversation(database.receive(NOON, Said.message(where.whatsapp(), phone, "oi")));
    }

    private ObjectNode message(String phone) {
        return Said.message(company.whatsapp(), phone, "oi");
    }

    private JsonNode receive(ObjectNode... items) {
        return database.receive(EVOLUTION, NOON.plusSeconds(1), List.of(items));
    }

    private Object giveBack(UUID conversation) {
        return database.asCompany(
                BACKOFFICE,
                company.id(),
                "SELECT core.return_to_machine_v1(?, 'supervisor', NULL, ?)::text",
                conversation,
                NOON.plusMinutes(1));
    }

    private Object release(List<UUID> companies, List<UUID> conversations) {
        return database.call(
                RUNTIME,
                "SELECT core.release_turns_v1(ARRAY[?, ?]::uuid[], ARRAY[?, ?]::uuid[], '{0, 0}'::bigint[])",
                companies.getFirst(),
                companies.getLast(),
                conversations.getFirst(),
                conversations.getLast());
    }

    private static UUID conversation(JsonNode stored) {
        return UUID.fromString(stored.path("conversation_id").asText());
    }
}
