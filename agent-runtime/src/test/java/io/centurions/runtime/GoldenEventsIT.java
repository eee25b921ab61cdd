package io.centurions.runtime;

import io.centurions.contracts.Groups;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.knowledge.KnowledgeDocumentChanged;
import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.message.MediaStored;
import io.centurions.contracts.message.MessageReceived;
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
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What this service's consumers survive of what a stream may bring them. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class GoldenEventsIT {

    // The index of knowledge and the erasure of people are not built yet.
    private static final Set<String> NOT_YET = Set.of(KnowledgeDocumentChanged.TYPE, PersonErased.TYPE);

    @Inject
    RedisDataSource redis;

    @Inject
    @All
    List<WorkConsumer<?>> consumers;

    @Inject
    @All
    List<BroadcastListener<?>> listeners;

    private ConsumerContract contract;

    /** A person who left a form and waits for the first words, on a channel that another service delivers. */
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

    @AfterAll
    static void every_event_stood_every_proof() {
        Proofs.areComplete();
    }

    @Test
    void every_event_of_the_registry_has_its_consumer_and_its_case() {
        contract.coversEverything(new TreeSet<>(all().toList()), NOT_YET);
    }

    @Test
    void whatever_a_listener_hears_does_no_harm() {
        new ListenerContract(Groups.AGENT_RUNTIME, listeners)
                .survivesGoldenEvents(Companies.make("ouro").company());
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
        contract.survivesUnknownValues(arranged(type));
    }

    // Each form that is filled in is greeted, so an event of its own is a greeting of its own; the others are facts.
    @Test
    void the_same_signature_in_another_event_is_told_once() {
        contract.survivesTheSameFactInAnotherEvent(arranged(ContractSigned.TYPE));
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
        var world = aWorld();
        GoldenEvent event = event(type, world);
        return switch (type) {
            case LeadCreated.TYPE, ContractSigned.TYPE -> new Case(event, world::turns, 1);
            default -> Case.hint(event, world::turns);
        };
    }

    private static Story story() {
        var world = aWorld();
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

    // Its own events are not stored, so that nothing but the test brings any.
    private static World aWorld() {
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
        Map<String, Object> row =
                Admin.get().queryOne("SELECT id, lead_id FROM core.conversations WHERE company_id = ?", company);
        return new World(demo, (UUID) row.get("lead_id"), (UUID) row.get("id"));
    }
}
