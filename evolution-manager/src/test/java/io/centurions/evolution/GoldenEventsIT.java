package io.centurions.evolution;

import io.centurions.contracts.Groups;
import io.centurions.contracts.company.CompanyLifecycleChanged;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.consent.ConsentChanged;
import io.centurions.contracts.consent.PersonErased;
import io.centurions.contracts.message.ReplyRequested;
import io.centurions.contracts.message.TakeoverChanged;
import io.centurions.platform.consumercontract.Case;
import io.centurions.platform.consumercontract.ConsumerContract;
import io.centurions.platform.consumercontract.GoldenEvent;
import io.centurions.platform.consumercontract.ListenerContract;
import io.centurions.platform.consumercontract.Proofs;
import io.centurions.platform.streams.BroadcastListener;
import io.centurions.platform.streams.WorkConsumer;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.centurions.platform.testkit.WithSandbox;
import io.quarkus.arc.All;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What this service's consumers survive of what a stream may bring them. */
@QuarkusTest
@WithPostgresAndRedis
@WithSandbox
@QuarkusTestResource(OwnAddress.class)
@TestProfile(GoldenEventsIT.OnlyWhenWoken.class)
class GoldenEventsIT {

    /** Nobody looks for planned replies unless an event says so. */
    public static class OnlyWhenWoken implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("delivery.poll", "1h");
        }
    }

    // The erasure of people is not built yet.
    private static final Set<String> NOT_YET = Set.of(PersonErased.TYPE);

    private static final AtomicLong LEADS = new AtomicLong();

    // Nothing here listens yet: what it would hear of is read again when it matters.
    private static final Set<String> NOT_HEARD_YET =
            Set.of(TakeoverChanged.TYPE, CompanyLifecycleChanged.TYPE, SettingsChanged.TYPE, ConsentChanged.TYPE);

    @Inject
    RedisDataSource redis;

    @Inject
    @All
    List<WorkConsumer<?>> consumers;

    @Inject
    @All
    List<BroadcastListener<?>> listeners;

    private static TestInstance instance;

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
    void every_event_that_may_be_heard_has_its_listener_or_is_known_to_have_none() {
        new ListenerContract(Groups.EVOLUTION_MANAGER, listeners).survivesGoldenEvents(List.of(), NOT_HEARD_YET);
    }

    @Test
    void a_repeat_has_no_second_effect() {
        contract.survivesRepeats(requested());
    }

    @Test
    void the_same_request_in_another_event_has_no_second_effect() {
        contract.survivesTheSameFactInAnotherEvent(requested());
    }

    @Test
    void replicas_that_handle_it_at_once_have_one_effect() throws InterruptedException {
        contract.survivesSeveralReplicasAtOnce(requested());
    }

    @Test
    void an_older_request_after_a_newer_one_has_no_effect() {
        contract.survivesAnOlderOne(requested());
    }

    @Test
    void what_a_newer_release_adds_changes_nothing() {
        contract.survivesUnknownFields(requested());
    }

    @Test
    void a_value_that_a_newer_release_adds_ends_defined() {
        contract.survivesUnknownValues(requested());
    }

    @Test
    void a_request_for_a_reply_that_is_not_there_is_done() {
        contract.isDoneWithNothing(
                GoldenEvent.of(ReplyRequested.TYPE, Companies.make("nada").company()));
    }

    @Test
    void a_version_that_nobody_knows_waits_an_hour_for_its_release() {
        contract.waitsForItsRelease(List.of(requested()));
    }

    /** A reply of one bubble, which leaves as soon as somebody looks. */
    private Case requested() {
        if (instance == null) {
            instance = TestInstance.connected("ouro");
        }
        UUID conversation = aConversation();
        UUID reply = UUID.randomUUID();
        Admin.get().execute("""
                        INSERT INTO core.messages (company_id, conversation_id, direction, author, reply_id, position, purpose, seen_seq,
                                                   kind, text, status, pace_ms)
                        VALUES (?, ?, 'out', 'machine', ?, 0, 'answer', 1, 'text', 'Oi, Maria!', 'planned', 20)
                        """, company(), conversation, reply);
        var event = GoldenEvent.of(ReplyRequested.TYPE, instance.company().company())
                .telling("reply", reply)
                .telling("conversation", conversation)
                .telling("instance", instance.id());
        return Case.waking(event, () -> Admin.get().query("""
                        SELECT id, attempts FROM core.messages
                         WHERE conversation_id = ? AND direction = 'out' AND status NOT IN ('planned', 'sending')
                        """, conversation), 1);
    }

    private static UUID aConversation() {
        String chat = "55119" + (99_990_000 + LEADS.incrementAndGet());
        Admin.get().queryOne("SELECT (core.receive_messages_v1(?::jsonb))::text AS out", """
                        [{"instance_id": "%s", "what": "message", "provider_key": "%2$s|in|message|M1|0", "provider_message_id": "M1",
                          "chat_ref": "%2$s", "kind": "text", "text": "oi", "name": "Maria", "identities": []}]
                        """.formatted(
                        instance.id(), chat));
        return (UUID) Admin.get()
                .queryOne(
                        "SELECT id FROM core.conversations WHERE company_id = ? AND chat_ref LIKE ?",
                        company(),
                        chat + "%")
                .get("id");
    }

    private static UUID company() {
        return instance.company().company().value();
    }
}
