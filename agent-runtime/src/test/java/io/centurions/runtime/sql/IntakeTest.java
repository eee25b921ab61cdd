package io.centurions.runtime.sql;

import static io.centurions.runtime.sql.ConversationDatabase.EVOLUTION;
import static io.centurions.runtime.sql.ConversationDatabase.NOON;
import static io.centurions.runtime.sql.ConversationDatabase.RUNTIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.runtime.sql.ConversationDatabase.Company;
import io.centurions.runtime.sql.ConversationDatabase.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class IntakeTest {

    private final ConversationDatabase database = ConversationDatabase.get();
    private final Company company = database.company();
    private final String phone = Said.phone();

    @Test
    void a_first_message_makes_the_lead_the_conversation_and_both_events() {
        var item = Said.message(company.whatsapp(), phone, "oi");
        item.putObject("trace")
                .put("correlation_id", "0190c1d2-0000-7000-8000-000000000001")
                .put("traceparent", "00-aa-bb-01");

        JsonNode out = database.receive(EVOLUTION, NOON, List.of(item));

        JsonNode result = out.path("results").get(0);
        assertThat(result.path("outcome").asText()).isEqualTo("stored");
        assertThat(result.path("seq").asLong()).isEqualTo(1);
        assertThat(out.path("events").findValuesAsText("type")).containsExactly("lead.created", "message.received");
        JsonNode received = out.path("events").get(1);
        assertThat(received.path("subject").asText())
                .isEqualTo(result.path("conversation_id").asText());
        assertThat(received.path("correlation_id").asText()).isEqualTo("0190c1d2-0000-7000-8000-000000000001");
        assertThat(received.path("payload").path("channel").asText()).isEqualTo("WHATSAPP");
        assertThat(received.path("payload").path("kind").asText()).isEqualTo("TEXT");
        assertThat(received.path("payload").path("writtenAt").asText()).isEqualTo("2026-03-02T12:00:00.000000Z");
        assertThat(received.toString())
                .doesNotContain("oi\"")
                .doesNotContain(phone)
                .doesNotContain("Maria");
        assertThat(database.count("SELECT count(*) FROM core.outbox_evolution WHERE company_id = ?", company.id()))
                .isEqualTo(2);
    }

    @Test
    void a_burst_of_three_is_one_conversation_due_once_four_seconds_after_the_last_word() {
        for (int i = 0; i < 3; i++) {
            database.receive(NOON.plusSeconds(i), Said.message(company.whatsapp(), phone, "parte " + i));
        }

        var conversation = database.admin(
                "SELECT inbound_seq, turn_due_at FROM core.conversations WHERE company_id = ?", company.id());
        assertThat(conversation).hasSize(1);
        assertThat(conversation.getFirst().get("inbound_seq")).isEqualTo(3L);
        assertThat(dueAfter()).isEqualTo(6);
    }

    @Test
    void a_talkative_lead_is_answered_twenty_seconds_after_the_first_word() {
        for (int i = 0; i <= 18; i += 3) {
            database.receive(NOON.plusSeconds(i), Said.message(company.whatsapp(), phone, "e mais"));
        }

        assertThat(dueAfter()).isEqualTo(20);
    }

    @Test
    void typing_moves_the_deadline_of_an_open_burst_only() {
        var typing = Said.item(company.whatsapp(), "presence", phone, "in", "p", "0");
        assertThat(database.receive(NOON, typing).path("outcome").asText()).isEqualTo("ignored");

        database.receive(NOON, Said.message(company.whatsapp(), phone, "oi"));
        assertThat(database.receive(NOON.plusSeconds(3), typing).path("outcome").asText())
                .isEqualTo("applied");

        assertThat(dueAfter()).isEqualTo(7);
    }

    @Test
    void a_message_told_twice_is_stored_once() {
        var item = Said.message(company.whatsapp(), phone, "oi");
        JsonNode first = database.receive(NOON, item);

        JsonNode second = database.receive(RUNTIME, NOON.plusSeconds(30), List.of(item));

        JsonNode result = second.path("results").get(0);
        assertThat(result.path("outcome").asText()).isEqualTo("duplicate");
        assertThat(result.path("message_id")).isEqualTo(first.path("message_id"));
        assertThat(second.path("events")).isEmpty();
        assertThat(dueAfter()).isEqualTo(4);
    }

    @Test
    void the_ninth_digit_does_not_make_a_second_person() {
        String without = phone.substring(0, 4) + phone.substring(5);
        JsonNode first = database.receive(NOON, Said.message(company.whatsapp(), without, "oi"));

        JsonNode second = database.receive(NOON, Said.message(company.whatsapp(), phone, "sou eu"));

        assertThat(second.path("lead_id")).isEqualTo(first.path("lead_id"));
        assertThat(second.path("conversation_id")).isEqualTo(first.path("conversation_id"));
        assertThat(second.path("seq").asLong()).isEqualTo(2);
        assertThat(database.value("SELECT phone FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo(phone);
        assertThat(database.value("SELECT chat_ref FROM core.conversations WHERE company_id = ?", company.id()))
                .isEqualTo(phone);
    }

    @Test
    void a_landline_has_no_second_spelling() {
        assertThat(database.value("SELECT core.phone_spellings('+55 (31) 3222-1234')::text"))
                .isEqualTo("{553132221234}");
        assertThat(database.value("SELECT core.phone_spellings('5531987654321:12@s.whatsapp.net')::text"))
                .isEqualTo("{5531987654321,553187654321}");
    }

    @Test
    void a_privacy_id_and_a_number_are_one_person_once_a_message_carries_both() {
        String lid = "99" + phone + "@lid";
        JsonNode hidden = database.receive(NOON, Said.message(company.whatsapp(), lid, "oi"));
        var both = Said.known(Said.message(company.whatsapp(), phone, "meu número"), "lid", lid);
        JsonNode shown = database.receive(NOON, Said.known(both, "jid", phone + "@s.whatsapp.net"));

        JsonNode hiddenAgain = database.receive(NOON, Said.message(company.whatsapp(), lid, "de novo"));

        assertThat(shown.path("conversation_id")).isEqualTo(hidden.path("conversation_id"));
        assertThat(hiddenAgain.path("conversation_id")).isEqualTo(hidden.path("conversation_id"));
        assertThat(database.value("SELECT chat_ref FROM core.conversations WHERE company_id = ?", company.id()))
                .isEqualTo(phone);
        assertThat(database.value("SELECT phone FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo(phone);
    }

    @Test
    void one_batch_may_span_companies_and_each_keeps_its_own_lead() {
        Company other = database.company();

        JsonNode out = database.receive(
                RUNTIME,
                NOON,
                List.of(
                        Said.message(other.instagram(), "igsid-1", "a"),
                        Said.message(company.instagram(), "igsid-1", "b"),
                        Said.message(UUID.randomUUID(), "igsid-1", "c"),
                        Said.message(other.instagram(), "igsid-1", "d")));

        JsonNode results = out.path("results");
        assertThat(results.findValuesAsText("outcome"))
                .containsExactly("stored", "stored", "unknown_instance", "stored");
        assertThat(results.findValuesAsText("index")).containsExactly("0", "1", "2", "3");
        assertThat(results.get(0).path("company_id").asText())
                .isEqualTo(other.id().toString());
        assertThat(results.get(3).path("seq").asLong()).isEqualTo(2);
        assertThat(results.get(1).path("lead_id")).isNotEqualTo(results.get(0).path("lead_id"));
        assertThat(database.count("SELECT count(*) FROM core.outbox_runtime WHERE company_id = ?", company.id()))
                .isEqualTo(2);
        assertThat(database.count("SELECT count(*) FROM core.outbox_runtime WHERE company_id = ?", other.id()))
                .isEqualTo(3);
    }

    @Test
    void a_null_character_is_refused_by_name_and_the_rest_of_the_batch_can_be_stored_alone() {
        var good = Said.message(company.whatsapp(), phone, "oi");
        var bad = Said.message(company.whatsapp(), phone, "a\u0000b");

        Refused refused =
                catchThrowableOfType(Refused.class, () -> database.receive(EVOLUTION, NOON, List.of(good, bad)));

        assertThat(refused.state()).isEqualTo("22P05");
        assertThat(refused).hasMessageContaining("\\u0000");
        assertThat(database.count("SELECT count(*) FROM core.messages WHERE company_id = ?", company.id()))
                .isZero();
        assertThat(database.receive(NOON, good).path("outcome").asText()).isEqualTo("stored");
    }

    @Test
    void eight_connections_telling_the_same_at_once_store_it_once() throws Exception {
        var item = Said.message(company.whatsapp(), phone, "oi");
        List<String> outcomes = atOnce(8, i -> item);

        assertThat(outcomes).containsOnly("stored", "duplicate").containsOnlyOnce("stored");
        assertThat(database.count("SELECT count(*) FROM core.messages WHERE company_id = ?", company.id()))
                .isEqualTo(1);
        assertThat(database.count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo(1);
    }

    @RepeatedTest(30)
    void eight_first_messages_of_one_person_at_once_make_one_lead_and_no_gap() throws Exception {
        String without = phone.substring(0, 4) + phone.substring(5);
        List<String> outcomes =
                atOnce(8, i -> Said.message(company.whatsapp(), i % 2 == 0 ? phone : without, "parte " + i));

        assertThat(outcomes).hasSize(8).containsOnly("stored");
        assertThat(database.count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo(1);
        assertThat(database.value(
                        "SELECT string_agg(seq::text, ',' ORDER BY seq) FROM core.messages WHERE company_id = ?",
                        company.id()))
                .isEqualTo("1,2,3,4,5,6,7,8");
        assertThat(database.count(
                        "SELECT count(*) FROM core.outbox_evolution WHERE company_id = ? AND type = 'lead.created'",
                        company.id()))
                .isEqualTo(1);
    }

    @RepeatedTest(10)
    void batches_with_the_same_new_people_in_opposite_order_make_each_once_and_never_wait_in_a_circle()
            throws Exception {
        List<String> people = Stream.generate(Said::phone).limit(12).toList();
        var barrier = new CyclicBarrier(6);
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<JsonNode>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                boolean privacy = i % 3 == 0;
                List<String> order = i % 2 == 0 ? people : people.reversed();
                List<ObjectNode> batch = order.stream()
                        .map(each -> privacy
                                ? Said.known(message("77" + each + "@lid"), "jid", each + "@s.whatsapp.net")
                                : message(each))
                        .toList();
                running.add(threads.submit(() -> {
                    barrier.await();
                    return database.receive(EVOLUTION, NOON, batch);
                }));
            }
            for (Future<JsonNode> one : running) {
                assertThat(one.get().path("results").findValuesAsText("outcome"))
                        .hasSize(12)
                        .containsOnly("stored");
            }
        }
        assertThat(database.count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isEqualTo(12);
        assertThat(database.count("SELECT count(*) FROM core.conversations WHERE company_id = ?", company.id()))
                .isEqualTo(12);
    }

    @Test
    void an_email_that_a_message_carries_joins_nobody() {
        JsonNode one = database.receive(NOON, Said.known(message(phone), "email", "ana@example.com"));
        JsonNode two = database.receive(NOON, Said.known(message(Said.phone()), "email", "ana@example.com"));

        assertThat(two.path("outcome").asText()).isEqualTo("stored");
        assertThat(two.path("lead_id")).isNotEqualTo(one.path("lead_id"));
    }

    @Test
    void an_ad_click_names_the_source_and_is_kept_for_the_conversion() {
        var item = Said.message(company.whatsapp(), phone, "vi o anúncio");
        item.putObject("referral")
                .put("ctwa_clid", "clid-1")
                .put("ad_id", "120")
                .put("source_url", "https://fb.me/x")
                .put("ref", "r");
        JsonNode out = database.receive(EVOLUTION, NOON, List.of(item));

        var again = Said.message(company.whatsapp(), phone, "de novo");
        again.putObject("referral").put("ctwa_clid", "clid-2").put("headline", "Promo");
        database.receive(NOON, again);

        assertThat(out.path("events").get(0).path("payload").path("source").asText())
                .isEqualTo("WHATSAPP_AD");
        JsonNode attribution = ConversationDatabase.json(database.asCompany(
                        "capi_app", company.id(), "SELECT attribution::text AS a FROM core.lead_attribution_v1")
                .getFirst()
                .get("a"));
        assertThat(attribution.path("ctwa_clid").asText()).isEqualTo("clid-1");
        assertThat(attribution.path("page_url").asText()).isEqualTo("https://fb.me/x");
        assertThat(attribution.path("headline").asText()).isEqualTo("Promo");
    }

    @Test
    void a_suspended_company_stores_and_owes_no_answer_until_it_is_resumed() {
        database.admin("UPDATE core.companies SET status = 'suspended' WHERE id = ?", company.id());
        JsonNode result = database.receive(NOON, Said.message(company.whatsapp(), phone, "oi"));

        assertThat(result.path("outcome").asText()).isEqualTo("stored");
        assertThat(database.value("SELECT turn_due_at FROM core.conversations WHERE company_id = ?", company.id()))
                .isNull();

        database.admin("UPDATE core.companies SET status = 'active' WHERE id = ?", company.id());
        database.call(RUNTIME, "SELECT core.make_stranded_bursts_due_v1(100, 'PT20S', ?)", NOON.plusSeconds(60));
        assertThat(dueAfter()).isEqualTo(60);
    }

    @Test
    void a_deleted_instance_and_an_archived_company_keep_nothing() {
        database.admin(
                "UPDATE core.channel_instances SET status = 'deleted', deleted_at = now() WHERE id = ?",
                company.telegram());
        assertThat(database.receive(NOON, Said.message(company.telegram(), "77", "oi"))
                        .path("outcome")
                        .asText())
                .isEqualTo("deleted_instance");

        database.admin("UPDATE core.companies SET status = 'archived' WHERE id = ?", company.id());
        assertThat(database.receive(NOON, Said.message(company.whatsapp(), phone, "oi"))
                        .path("outcome")
                        .asText())
                .isEqualTo("deleted_instance");
        assertThat(database.count("SELECT count(*) FROM core.leads WHERE company_id = ?", company.id()))
                .isZero();
    }

    @Test
    void a_closed_conversation_is_opened_again_by_the_lead_and_a_person_is_left_in_peace() {
        database.receive(NOON, Said.message(company.whatsapp(), phone, "oi"));
        database.admin(
                "UPDATE core.conversations SET state = 'closed', turn_due_at = NULL, burst_started_at = NULL WHERE"
                        + " company_id = ?",
                company.id());
        database.receive(NOON.plusSeconds(60), Said.message(company.whatsapp(), phone, "voltei"));
        assertThat(state()).isEqualTo("ai");
        assertThat(dueAfter()).isEqualTo(64);

        database.admin(
                "UPDATE core.conversations SET state = 'human', turn_due_at = NULL, burst_started_at = NULL WHERE"
                        + " company_id = ?",
                company.id());
        database.receive(NOON.plusSeconds(90), Said.message(company.whatsapp(), phone, "e aí"));
        assertThat(state()).isEqualTo("human");
        assertThat(database.value("SELECT turn_due_at FROM core.conversations WHERE company_id = ?", company.id()))
                .isNull();
    }

    private ObjectNode message(String address) {
        return Said.message(company.whatsapp(), address, "oi");
    }

    private interface Item {
        ObjectNode of(int number);
    }

    private List<String> atOnce(int connections, Item item) throws Exception {
        var barrier = new CyclicBarrier(connections);
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                ObjectNode said = item.of(i);
                running.add(threads.submit(() -> {
                    barrier.await();
                    return database.receive(NOON, said).path("outcome").asText();
                }));
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> one : running) {
                outcomes.add(one.get());
            }
            return outcomes;
        }
    }

    private String state() {
        return (String) database.value("SELECT state FROM core.conversations WHERE company_id = ?", company.id());
    }

    private long dueAfter() {
        return database.count(
                "SELECT extract(epoch FROM turn_due_at - ?)::bigint FROM core.conversations WHERE company_id = ?",
                NOON,
                company.id());
    }
}
