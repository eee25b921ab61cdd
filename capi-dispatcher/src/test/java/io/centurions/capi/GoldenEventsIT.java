package io.centurions.capi;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.Groups;
import io.centurions.contracts.company.CompanyLifecycleChanged;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.consent.ConsentChanged;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.contracts.contract.ContractSigned;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadCreated;
import io.centurions.contracts.lead.LeadQualified;
import io.centurions.platform.consumercontract.Case;
import io.centurions.platform.consumercontract.ConsumerContract;
import io.centurions.platform.consumercontract.GoldenEvent;
import io.centurions.platform.consumercontract.ListenerContract;
import io.centurions.platform.consumercontract.Proofs;
import io.centurions.platform.consumercontract.Story;
import io.centurions.platform.streams.BroadcastListener;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.testkit.Admin;
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
class GoldenEventsIT {

    private static final Set<String> FACTS =
            new TreeSet<>(Set.of(LeadCreated.TYPE, LeadQualified.TYPE, ContractSigned.TYPE, DealWon.TYPE));

    // Nothing here listens yet: what it would hear of is read again when it matters.
    private static final Set<String> NOT_HEARD_YET =
            Set.of(CompanyLifecycleChanged.TYPE, SettingsChanged.TYPE, ConsentChanged.TYPE);

    @Inject
    RedisDataSource redis;

    @Inject
    @All
    List<WorkConsumer<?>> consumers;

    @Inject
    @All
    List<BroadcastListener<?>> listeners;

    private ConsumerContract contract;

    @BeforeEach
    void open() {
        contract = new ConsumerContract(Groups.CAPI_DISPATCHER, redis, consumers);
    }

    static Stream<String> facts() {
        return FACTS.stream();
    }

    static Stream<String> all() {
        return Stream.concat(facts(), Stream.of(PersonErased.TYPE));
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
        contract.coversEverything(new TreeSet<>(all().toList()), Set.of());
    }

    @Test
    void every_event_that_may_be_heard_has_its_listener_or_is_known_to_have_none() {
        new ListenerContract(Groups.CAPI_DISPATCHER, listeners).survivesGoldenEvents(List.of(), NOT_HEARD_YET);
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
    @MethodSource("facts")
    void a_fact_waits_for_its_lead(String type) {
        var world = suspended();
        LeadId lead = LeadId.random();
        DealId deal = DealId.random();
        world.mirror(deal, lead, 90_000);
        var fact = new Case(event(type, world, lead, deal), () -> rows(world), 1);

        contract.waitsFor(fact, () -> lead(world, lead));
    }

    @Test
    void a_purchase_waits_for_its_deal() {
        for (String type : List.of(ContractSigned.TYPE, DealWon.TYPE)) {
            var world = suspended();
            LeadId lead = world.adLead();
            DealId deal = DealId.random();
            var fact = new Case(event(type, world, lead, deal), () -> rows(world), 1);

            contract.waitsFor(fact, () -> world.mirror(deal, lead, 90_000));
        }
    }

    @Test
    void a_fact_whose_lead_never_comes_is_parked_after_a_day() {
        var world = suspended();

        contract.waitsForADay(facts().map(type -> event(type, world, LeadId.random(), DealId.random()))
                .toList());

        assertThat(rows(world)).isEmpty();
    }

    @Test
    void a_version_that_nobody_knows_waits_an_hour_for_its_release() {
        contract.waitsForItsRelease(all().map(this::arranged).toList());
    }

    @Test
    void facts_in_the_wrong_order_end_as_in_the_right_one() {
        contract.endsAlike(story(), story());
    }

    @Test
    void an_erasure_before_the_facts_of_the_person_ends_as_one_after_them() {
        contract.endsAlike(story(PersonErased.TYPE), story(PersonErased.TYPE));
    }

    @Test
    void an_erasure_that_comes_before_the_facts_of_the_person_keeps_them_untold() {
        var world = suspended();
        LeadId lead = world.adLead();
        DealId deal = DealId.random();
        world.mirror(deal, lead, 90_000);

        contract.isDoneWithNothing(event(PersonErased.TYPE, world, lead, deal));
        for (String type : FACTS) {
            contract.isDoneWithNothing(event(type, world, lead, deal));
        }

        assertThat(rows(world)).extracting(row -> row.get("reason")).containsOnly("person_erased");
        assertThat(rows(world)).extracting(row -> row.get("status")).containsOnly("skipped");
    }

    private Case arranged(String type) {
        var world = suspended();
        LeadId lead = world.adLead();
        DealId deal = DealId.random();
        world.mirror(deal, lead, 90_000);
        if (type.equals(PersonErased.TYPE)) {
            contract.isDoneWithNothing(event(LeadCreated.TYPE, world, lead, deal));
            return new Case(event(type, world, lead, deal), () -> skipped(world), 1);
        }
        return new Case(event(type, world, lead, deal), () -> rows(world), 1);
    }

    private Story story(String... last) {
        var world = suspended();
        LeadId lead = world.adLead();
        DealId deal = DealId.random();
        world.mirror(deal, lead, 90_000);
        var events = Stream.concat(
                        Stream.of(LeadCreated.TYPE, LeadQualified.TYPE, ContractSigned.TYPE, DealWon.TYPE),
                        Stream.of(last))
                .map(type -> event(type, world, lead, deal))
                .toList();
        return new Story(events, () -> Admin.get().query("""
                SELECT milestone, event_name, dataset_id <> 'none' AS of_a_dataset, action_source, status, reason, value_cents, currency
                  FROM core.marketing_events WHERE company_id = ? ORDER BY milestone
                """, world.company.value()));
    }

    /** Its conversions are recorded and, being suspended, wait. */
    private World suspended() {
        var world = World.withPixel(redis);
        world.status("suspended");
        return world;
    }

    private static GoldenEvent event(String type, World world, LeadId lead, DealId deal) {
        var event = GoldenEvent.of(type, world.company).telling("lead", lead);
        return Set.of(ContractSigned.TYPE, DealWon.TYPE).contains(type) ? event.telling("deal", deal) : event;
    }

    private static void lead(World world, LeadId lead) {
        Admin.get()
                .execute(
                        "INSERT INTO core.leads (id, company_id, name, source) VALUES (?, ?, 'Maria', 'whatsapp')",
                        lead.value(),
                        world.company.value());
    }

    private static List<Map<String, Object>> rows(World world) {
        return Admin.get().query("""
                SELECT id, milestone, lead_id, deal_id, event_name, event_id, dataset_id, fact_at, value_cents, status, reason
                  FROM core.marketing_events WHERE company_id = ? ORDER BY id
                """, world.company.value());
    }

    private static List<Map<String, Object>> skipped(World world) {
        return rows(world).stream()
                .filter(row -> "skipped".equals(row.get("status")))
                .toList();
    }
}
