package io.centurions.evolution;

import io.centurions.contracts.Groups;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.contracts.message.ReplyRequested;
import io.centurions.platform.consumercontract.Case;
import io.centurions.platform.consumercontract.ConsumerContract;
import io.centurions.platform.consumercontract.GoldenEvent;
import io.centurions.platform.consumercontract.ListenerContract;
import io.centurions.platform.consumercontract.Proofs;
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
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What this service's consumers survive of what a stream may bring them. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class GoldenEventsIT {

    // The erasure of people is not built yet.
    private static final Set<String> NOT_YET = Set.of(PersonErased.TYPE);

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
        contract = new ConsumerContract(Groups.EVOLUTION_MANAGER, redis, consumers);
    }

    @AfterAll
    static void every_event_stood_every_proof() {
        Proofs.areComplete();
    }

    @Test
    void every_event_of_the_registry_has_its_consumer_and_its_case() {
        contract.coversEverything(Set.of(ReplyRequested.TYPE), NOT_YET);
    }

    @Test
    void whatever_a_listener_hears_does_no_harm() {
        new ListenerContract(Groups.EVOLUTION_MANAGER, listeners)
                .survivesGoldenEvents(Companies.make("ouro").company());
    }

    @Test
    void a_repeat_has_no_effect() {
        contract.survivesRepeats(requested());
    }

    @Test
    void the_same_request_in_another_event_has_no_effect() {
        contract.survivesTheSameFactInAnotherEvent(requested());
    }

    @Test
    void replicas_that_handle_it_at_once_have_no_effect() throws InterruptedException {
        contract.survivesSeveralReplicasAtOnce(requested());
    }

    @Test
    void an_older_request_after_a_newer_one_has_no_effect() {
        contract.survivesAnOlderOne(requested());
    }

    @Test
    void what_a_newer_release_adds_changes_nothing() {
        contract.survivesUnknownFields(requested());
        contract.survivesUnknownValues(requested());
    }

    @Test
    void a_version_that_nobody_knows_waits_an_hour_for_its_release() {
        contract.waitsForItsRelease(List.of(requested()));
    }

    /** A reply of which nothing is planned: the event wakes the delivery, the rows decide. */
    private static Case requested() {
        DemoCompany demo = Companies.make("ouro");
        var event = GoldenEvent.of(ReplyRequested.TYPE, demo.company())
                .telling("reply", UUID.randomUUID())
                .telling("conversation", UUID.randomUUID())
                .telling("instance", demo.whatsapp());
        return Case.hint(
                event,
                () -> Admin.get()
                        .query("""
                SELECT id FROM core.messages WHERE company_id = ?
                UNION ALL SELECT id FROM core.outbox_evolution WHERE company_id = ?
                """, demo.company().value(), demo.company().value()));
    }
}
