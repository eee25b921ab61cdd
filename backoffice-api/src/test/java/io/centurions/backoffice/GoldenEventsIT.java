package io.centurions.backoffice;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.Groups;
import io.centurions.contracts.Uuid7;
import io.centurions.contracts.channel.InstanceStatusChanged;
import io.centurions.contracts.company.CompanyLifecycleChanged;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.consent.ConsentChanged;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.contracts.contract.ContractCanceled;
import io.centurions.contracts.contract.ContractCreated;
import io.centurions.contracts.contract.ContractExpired;
import io.centurions.contracts.contract.ContractRejected;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.conversion.ConversionDispatched;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.knowledge.KnowledgeDocumentChanged;
import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.lead.LeadDisqualified;
import io.centurions.contracts.lead.LeadQualified;
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
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.arc.All;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
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

/** What this service's consumers survive of what a stream may bring them. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@WithNeighbours
class GoldenEventsIT {

    private static final Set<String> CONTRACTS = new TreeSet<>(Set.of(
            ContractCreated.TYPE,
            ContractSigned.TYPE,
            ContractRejected.TYPE,
            ContractExpired.TYPE,
            ContractCanceled.TYPE));

    // Two releases on: the index of knowledge and the erasure of people.
    private static final Set<String> NOT_YET = Set.of(KnowledgeDocumentChanged.TYPE, PersonErased.TYPE);

    // Nothing here listens yet: what it would hear of is read again when it matters.
    private static final Set<String> NOT_HEARD_YET = Set.of(
            MessageReceived.TYPE,
            MessageSent.TYPE,
            TakeoverChanged.TYPE,
            LeadCreated.TYPE,
            LeadDisqualified.TYPE,
            ConversionDispatched.TYPE,
            CompanyLifecycleChanged.TYPE,
            SettingsChanged.TYPE,
            ConsentChanged.TYPE);

    @Inject
    RedisDataSource redis;

    @Inject
    Database database;

    @Inject
    @All
    List<WorkConsumer<?>> consumers;

    @Inject
    @All
    List<BroadcastListener<?>> listeners;

    private ConsumerContract contract;

    /** A company with its schema, a lead, and the id that its deal has or will have. */
    private record World(Api.Made made, UUID lead, UUID deal, UUID contract) {

        CompanyId company() {
            return CompanyId.of(made.id());
        }
    }

    @BeforeEach
    void open() {
        contract = new ConsumerContract(Groups.BACKOFFICE_API, redis, consumers);
    }

    static Stream<String> contracts() {
        return CONTRACTS.stream();
    }

    static Stream<String> all() {
        return Stream.concat(contracts(), Stream.of(LeadQualified.TYPE, InstanceStatusChanged.TYPE));
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
        new ListenerContract(Groups.BACKOFFICE_API, listeners).survivesGoldenEvents(List.of(), NOT_HEARD_YET);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_repeat_has_no_second_effect(String type) {
        contract.survivesRepeats(arranged(type));
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_same_fact_in_another_event_has_no_second_effect(String type) {
        contract.survivesTheSameFactInAnotherEvent(arranged(type));
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
    @MethodSource("contracts")
    void what_becomes_of_a_contract_waits_for_its_deal(String type) {
        var world = aWorld();
        var arranged = new Case(ofContract(type, world), () -> effect(world), rowsWithDeal(type));

        contract.waitsFor(arranged, () -> aDeal(world));
    }

    @Test
    void a_hand_off_waits_for_its_lead() {
        var made = Api.aCompany("ouro");
        var world = new World(made, UUID.randomUUID(), null, null);
        var arranged = new Case(qualified(world), () -> effect(world), 3);

        contract.waitsFor(
                arranged,
                () -> Admin.get()
                        .execute(
                                "INSERT INTO core.leads (id, company_id, name, source) VALUES (?, ?, 'Maria', 'whatsapp')",
                                world.lead(),
                                made.id()));
    }

    @Test
    void what_never_gets_its_deal_or_lead_is_parked_after_a_day() {
        var world = aWorld();
        var nobody = new World(world.made(), UUID.randomUUID(), null, null);

        contract.waitsForADay(Stream.concat(
                        contracts().map(type -> ofContract(type, world)), Stream.of(qualified(nobody)))
                .toList());

        assertThat(effect(world)).isEmpty();
    }

    @Test
    void a_version_that_nobody_knows_waits_an_hour_for_its_release() {
        contract.waitsForItsRelease(all().map(this::arranged).toList());
    }

    @Test
    void a_signature_before_its_contract_ends_as_in_the_right_order() {
        contract.endsAlike(
                story(ContractCreated.TYPE, ContractSigned.TYPE), story(ContractCreated.TYPE, ContractSigned.TYPE));
    }

    @Test
    void a_refusal_before_its_contract_ends_as_in_the_right_order() {
        for (String end : List.of(ContractRejected.TYPE, ContractExpired.TYPE, ContractCanceled.TYPE)) {
            contract.endsAlike(story(ContractCreated.TYPE, end), story(ContractCreated.TYPE, end));
        }
    }

    @Test
    void an_older_report_of_an_instance_does_not_undo_a_newer_one() {
        contract.endsAlike(reports(), reports());
    }

    @Test
    void an_older_hand_off_after_a_newer_one_is_no_second_one() {
        contract.survivesAnOlderOne(arranged(LeadQualified.TYPE));
    }

    @Test
    void an_instance_that_nobody_knows_is_no_harm() {
        var made = Api.aCompany("nada");

        contract.isDoneWithNothing(GoldenEvent.of(InstanceStatusChanged.TYPE, CompanyId.of(made.id())));
    }

    private Case arranged(String type) {
        if (type.equals(InstanceStatusChanged.TYPE)) {
            Story story = reports();
            return new Case(story.events().getLast(), story.effect(), 1);
        }
        var world = aWorld();
        if (type.equals(LeadQualified.TYPE)) {
            return new Case(qualified(world), () -> effect(world), 3);
        }
        aDeal(world);
        return new Case(ofContract(type, world), () -> effect(world), rowsWithDeal(type));
    }

    /** The deal and its creation told; the note of the contract; of a win the deal that is told as won. */
    private static int rowsWithDeal(String type) {
        return type.equals(ContractSigned.TYPE) ? 4 : 3;
    }

    private Story story(String... types) {
        var world = aWorld();
        aDeal(world);
        var events = Stream.of(types).map(type -> ofContract(type, world)).toList();
        return new Story(
                events, () -> Admin.get().query("""
                SELECT a.kind, d.status, d.contract_id = ? AS carries
                  FROM %1$s.activities a JOIN %1$s.deals d ON d.id = a.deal_id ORDER BY a.kind
                """.formatted(world.made().schema()), world.contract()));
    }

    private Story reports() {
        var made = Api.aCompany("fone");
        UUID instance = Api.aWhatsapp(made);
        var report = GoldenEvent.of(InstanceStatusChanged.TYPE, CompanyId.of(made.id()))
                .telling("instance", instance);
        Instant now = Instant.now();
        return new Story(
                List.of(
                        report.anew().telling("state", "QR_READY").occurred(now.minusSeconds(60)),
                        report.anew().telling("state", "DISCONNECTED").occurred(now.minusSeconds(30)),
                        report.anew().telling("state", "CONNECTED").occurred(now)),
                () -> Admin.get()
                        .query("SELECT status, status_reason FROM core.channel_instances WHERE id = ?", instance));
    }

    private static World aWorld() {
        var made = Api.aCompany("ouro");
        return new World(made, Api.aLead(made, "Maria"), Uuid7.next(), UUID.randomUUID());
    }

    private void aDeal(World world) {
        database.runAsCompany(
                world.company(),
                tx -> tx.execute(
                        "INSERT INTO " + world.made().schema()
                                + ".deals (id, core_lead_id, title) VALUES ($1, $2, 'Maria')",
                        world.deal(),
                        world.lead()));
    }

    private static GoldenEvent qualified(World world) {
        return GoldenEvent.of(LeadQualified.TYPE, world.company())
                .telling("lead", world.lead())
                .telling("handoff", UUID.randomUUID());
    }

    private static GoldenEvent ofContract(String type, World world) {
        return GoldenEvent.of(type, world.company())
                .telling("contract", world.contract())
                .telling("deal", world.deal())
                .telling("lead", world.lead());
    }

    /** Deals, what is written on them, and what was told of them. */
    private static List<Map<String, Object>> effect(World world) {
        return Admin.get()
                .query("""
                SELECT 'deal' AS what, id, status AS one, contract_id::text AS two, version::text AS three FROM %1$s.deals
                UNION ALL
                SELECT 'activity', id, kind, title, deal_id::text FROM %1$s.activities
                UNION ALL
                SELECT 'event', id, type, payload::text, subject::text FROM core.outbox_backoffice
                 WHERE company_id = ? AND type LIKE 'deal.%%'
                 ORDER BY 1, 2
                """.formatted(world.made().schema()), world.made().id());
    }
}
