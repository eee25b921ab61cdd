package io.centurions.autentique;

import io.centurions.contracts.Groups;
import io.centurions.contracts.company.CompanyLifecycleChanged;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.consent.ConsentChanged;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.platform.consumercontract.ConsumerContract;
import io.centurions.platform.consumercontract.ListenerContract;
import io.centurions.platform.consumercontract.Proofs;
import io.centurions.platform.streams.BroadcastListener;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.arc.All;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** This service works on no event yet; the day it does, this asks for the proof that its consumer survives them. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
class GoldenEventsIT {

    // The erasure of people is not built yet.
    private static final Set<String> NOT_YET = Set.of(PersonErased.TYPE);

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

    @AfterAll
    static void every_event_stood_every_proof() {
        Proofs.areComplete();
    }

    @Test
    void every_event_of_the_registry_has_its_consumer_and_its_case() {
        new ConsumerContract(Groups.AUTENTIQUE_SERVICE, redis, consumers).coversEverything(Set.of(), NOT_YET);
    }

    @Test
    void every_event_that_may_be_heard_has_its_listener_or_is_known_to_have_none() {
        new ListenerContract(Groups.AUTENTIQUE_SERVICE, listeners).survivesGoldenEvents(List.of(), NOT_HEARD_YET);
    }
}
