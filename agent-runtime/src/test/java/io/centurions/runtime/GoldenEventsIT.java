package io.centurions.runtime;

import io.centurions.contracts.Groups;
import io.centurions.contracts.centurion.CenturionConfigUpdated;
import io.centurions.contracts.company.CompanyLifecycleChanged;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.consent.ConsentChanged;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.contracts.contract.ContractCanceled;
import io.centurions.contracts.contract.ContractCreated;
import io.centurions.contracts.contract.ContractExpired;
import io.centurions.contracts.contract.ContractRejected;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.deal.DealCreated;
import io.centurions.contracts.deal.DealLost;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.knowledge.KnowledgeDocumentChanged;
import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.message.MediaStored;
import io.centurions.contracts.message.MessageReceived;
import io.centurions.contracts.message.MessageSent;
import io.centurions.contracts.message.TakeoverChanged;
import io.centurions.platform.consumercontract.Case;
import io.centurions.platform.consumercontract.ConsumerContract;
import io.centurions.platform.consumercontract.GoldenEvent;
import io.centurions.platform.consumercontract.ListenerContract;
import io.centurions.platform.consumercontract.Proofs;
import io.centurions.platform.consumercontract.Story;
import io.centurions.platform.streams.BroadcastListener;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.Companies.DemoCompany;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.arc.All;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What this service's consumers survive of what a stream may bring them. */
@QuarkusTest
@TestProfile(GoldenEventsIT.OnlyWhenWoken.class)
@WithPostgresAndRedis
@WithSandbox
class GoldenEventsIT {

    /** Nobody looks at deadlines unless an event says so. */
    public static class OnlyWhenWoken implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("centurions.closure.poll", "1h");
        }
    }

    // The index of knowledge and the erasure of people are not built yet.
    private static final Set<String> NOT_YET = Set.of(KnowledgeDocumentChanged.TYPE, PersonErased.TYPE);

    private static final AtomicLong CHATS = new AtomicLong();

    // Nothing here listens yet: what it would hear of is read again when it matters.
    private static final Set<String> NOT_HEARD_YET = Set.of(
            MessageSent.TYPE,
            TakeoverChanged.TYPE,
            DealCreated.TYPE,
            DealWon.TYPE,
            DealLost.TYPE,
            CenturionConfigUpdated.TYPE,
            ContractCreated.TYPE,
            ContractRejected.TYPE,
            ContractExpired.TYPE,
            ContractCanceled.TYPE,
            CompanyLifecycleChanged.TYPE,
            SettingsChanged.TYPE,
            ConsentChanged.TYPE);

    @Inject
    RedisDataSource redis;

    @Inject
    @All
    List<WorkConsumer<?>> consumers;

    @Inject
    @All
    List<BroadcastListener<?>> listeners;

    private ConsumerContract contract;

    /**
     * A person who waits for our words, on a channel that another service delivers: for the first ones after a form, or for the
     * answer to a burst that is due and that no loop knows of.
     */
    private record World(DemoCompany demo, UUID lead, UUID conversation) {

        /** What the machine decided and planned to say; a delivery changes none of it. */
        List<Map<String, Object>> turns() {
            return Admin.get().query("""
                    SELECT t.id, t.origin, t.origin_id, t.purpose, t.outcome,
                           (SELECT string_agg(m.id || ' ' || m.text, '|' ORDER BY m.reply_id, m.position)
                              FROM core.messages m WHERE m.company_id = t.company_id AND m.direction = 'out') AS bubbles,
                           (SELECT count(*) FROM core.outbox_runtime o
                             WHERE o.company_id = t.company_id AND o.type = 'reply.requested') AS requested
                      FROM core.turns t WHERE t.company_id = ? ORDER BY t.id
                    """, demo.company().value());
        }
    }

    @BeforeEach
    void open() {
        contract = new ConsumerContract(Groups.AGENT_RUNTIME, redis, consumers);
    }

    static Stream<String> all() {
        return Stream.of(MessageReceived.TYPE, MediaStored.TYPE, LeadCreated.TYPE, ContractSigned.TYPE);
    }

    static Stream<String> allWithValues() {
        return all().filter(GoldenEvent::hasValues);
    }

    @AfterAll
    static void every_event_stood_every_proof() {
        Proofs.areComplete();
    }

    @Test
    void every_event_of_the_registry_has_its_consumer_and_its_case() {
        contract.coversEverything(new TreeSet<>(all().toList()), NOT_YET);
    }

    @Test
    void every_event_that_may_be_heard_has_its_listener_or_is_known_to_have_none() {
        new ListenerContract(Groups.AGENT_RUNTIME, listeners).survivesGoldenEvents(List.of(), NOT_HEARD_YET);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_repeat_has_no_second_effect(String type) {
        contract.survivesRepeats(arranged(type));
    }

    @ParameterizedTest
    @MethodSource("all")
    void replicas_that_handle_it_at_once_have_one_effect(String type) throws InterruptedException {
        contract.survivesSeveralReplicasAtOnce(arranged(type));
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_a_newer_release_adds_changes_nothing(String type) {
        contract.survivesUnknownFields(arranged(type));
    }

    @ParameterizedTest
    @MethodSource("allWithValues")
    void a_value_that_a_newer_release_adds_ends_defined(String type) {
        contract.survivesUnknownValues(arranged(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {MessageReceived.TYPE, MediaStored.TYPE, ContractSigned.TYPE})
    void the_same_fact_in_another_event_has_no_second_effect(String type) {
        contract.survivesTheSameFactInAnotherEvent(arranged(type));
    }

    @Test
    void each_form_that_is_filled_in_is_greeted() {
        contract.isAnotherFactInAnotherEvent(arranged(LeadCreated.TYPE));
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_speaks_of_rows_that_are_not_there_is_done(String type) {
        contract.isDoneWithNothing(GoldenEvent.of(type, Companies.make("ouro").company()));
    }

    @ParameterizedTest
    @ValueSource(strings = {MessageReceived.TYPE, MediaStored.TYPE})
    void an_older_one_after_a_newer_one_changes_nothing(String type) {
        contract.survivesAnOlderOne(arranged(type));
    }

    @Test
    void a_signature_before_the_greeting_keeps_both() {
        contract.endsAlike(story(), story());
    }

    @Test
    void a_version_that_nobody_knows_waits_an_hour_for_its_release() {
        contract.waitsForItsRelease(all().map(this::arranged).toList());
    }

    private Case arranged(String type) {
        return switch (type) {
            case LeadCreated.TYPE, ContractSigned.TYPE -> {
                World world = leftAForm();
                yield new Case(event(type, world), world::turns, 1);
            }
            default -> {
                World world = wrote();
                yield Case.waking(event(type, world), world::turns, 1);
            }
        };
    }

    private static Story story() {
        var world = leftAForm();
        return new Story(
                List.of(event(LeadCreated.TYPE, world), event(ContractSigned.TYPE, world)),
                () -> Admin.get()
                        .query(
                                "SELECT origin, purpose, outcome FROM core.turns WHERE company_id = ? ORDER BY 1, 2",
                                world.demo().company().value()));
    }

    private static GoldenEvent event(String type, World world) {
        var golden = GoldenEvent.of(type, world.demo().company());
        return switch (type) {
            case MessageReceived.TYPE ->
                golden.telling("conversation", world.conversation())
                        .telling("lead", world.lead())
                        .telling("instance", world.demo().whatsapp());
            case LeadCreated.TYPE ->
                golden.telling("lead", world.lead())
                        .telling("conversation", world.conversation())
                        .telling("source", "FORM");
            case ContractSigned.TYPE -> golden.telling("lead", world.lead()).telling("contract", UUID.randomUUID());
            default -> golden.telling("conversation", world.conversation());
        };
    }

    // What the functions return as events is not stored, so that nothing but the test brings any.
    private static World leftAForm() {
        DemoCompany demo = Companies.make("ouro");
        UUID company = demo.company().value();
        UUID form = UUID.randomUUID();
        Admin.get()
                .execute(
                        "INSERT INTO core.lead_forms (id, company_id, key, name, instance_id, field_map, enabled) VALUES (?, ?, ?, 'Site', ?, '{}', true)",
                        form,
                        company,
                        "site-" + form.toString().substring(0, 8),
                        demo.whatsapp().value());
        Admin.get()
                .queryOne(
                        "SELECT (core.receive_form_lead_v1(?, ?::jsonb))::text AS out",
                        form,
                        "{\"name\":\"Beatriz Demo\",\"phone\":\"11 98888-7777\"}");
        return world(demo);
    }

    // A minute ago, so that it is long due.
    private static World wrote() {
        DemoCompany demo = Companies.make("ouro");
        String chat = "55119" + (99_990_000 + CHATS.incrementAndGet());
        Admin.get()
                .queryOne(
                        "SELECT (core.receive_messages_v1(?::jsonb, clock_timestamp() - interval '1 minute'))::text AS out",
                        """
                        [{"instance_id": "%s", "what": "message", "provider_key": "%2$s|in|message|M1|0", "provider_message_id": "M1",
                          "chat_ref": "%2$s", "kind": "text", "text": "oi", "name": "Beatriz Demo", "identities": []}]
                        """.formatted(demo.whatsapp(), chat));
        return world(demo);
    }

    private static World world(DemoCompany demo) {
        Map<String, Object> row = Admin.get()
                .queryOne(
                        "SELECT id, lead_id FROM core.conversations WHERE company_id = ?",
                        demo.company().value());
        return new World(demo, (UUID) row.get("lead_id"), (UUID) row.get("id"));
    }
}
