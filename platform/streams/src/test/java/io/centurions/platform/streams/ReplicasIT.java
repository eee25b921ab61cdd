package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Streams;
import io.centurions.contracts.company.SettingsChanged;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.SettingId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.PendingMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several replicas of one service: what one leaves behind another takes up, and what is told to all reaches all. */
@QuarkusTest
@WithPostgresAndRedis
class ReplicasIT {

    private static final String KEY = Streams.key(DealWon.TYPE);

    @Inject
    Database database;

    @Inject
    Outbox outbox;

    @Inject
    WonDeals won;

    @Inject
    HeardSettings heard;

    @Inject
    Parking parking;

    @Inject
    GroupProgress progress;

    @Inject
    RedisDataSource redis;

    @Inject
    ReactiveRedisDataSource reactive;

    @Inject
    @RedisClientName("blocking")
    ReactiveRedisDataSource blocking;

    private final CompanyId company = Companies.make("replicas").company();

    @Test
    void everything_a_dead_replica_had_in_hand_is_handled_however_much_it_is() {
        List<DealWon> deals = Stream.generate(WorkIT::deal).limit(250).toList();

        Replica.addAndRead(redis, "a-dead-replica", deals, company);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(deals)
                        .allSatisfy(
                                deal -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1)));
    }

    @Test
    void a_pending_entry_that_was_deleted_does_not_hold_back_the_group_for_ever() {
        Replica.addAndRead(redis, "a-dead-replica", List.of(WorkIT.deal()), company);
        PendingMessage pending = heldBy("a-dead-replica").getFirst();

        redis.stream(String.class).xdel(KEY, pending.getMessageId());

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(heldBy("a-dead-replica")).isEmpty());
    }

    @Test
    void a_replica_that_stops_hands_over_what_waits_and_takes_its_name_back_when_nothing_is_left() {
        DealWon deal = WorkIT.deal();
        WorkGroup group = group(Duration.ofHours(1));
        Handling handling = handling(group, later());
        Replica.addAndRead(redis, group.consumer(), List.of(deal), company);
        String entry = heldBy(group.consumer()).getFirst().getMessageId();
        handling.submit(new Entry(KEY, entry, Replica.fields(deal, company)));

        finish(handling);

        group.leave(KEY);
        assertThat(heldBy(group.consumer()))
                .allSatisfy(held ->
                        assertThat(held.getDurationSinceLastDelivery()).isGreaterThanOrEqualTo(Duration.ofHours(1)));
        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
        await().untilAsserted(() -> assertThat(heldBy(group.consumer())).isEmpty());
        group.leave(KEY);
        assertThat(consumers()).doesNotContain(group.consumer());
    }

    @Test
    void what_a_late_read_or_claim_brings_to_a_replica_that_stopped_is_handed_over_too() {
        DealWon deal = WorkIT.deal();
        WorkGroup group = group(Duration.ofHours(1));
        Handling handling = handling(group, later());
        Replica.addAndRead(redis, group.consumer(), List.of(deal), company);
        String entry = heldBy(group.consumer()).getFirst().getMessageId();
        finish(handling);

        handling.submit(new Entry(KEY, entry, Replica.fields(deal, company)));

        assertThat(heldBy(group.consumer()))
                .allSatisfy(held ->
                        assertThat(held.getDurationSinceLastDelivery()).isGreaterThanOrEqualTo(Duration.ofHours(1)));
        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
    }

    @Test
    void what_is_still_being_handled_when_the_time_to_stop_is_over_is_handed_over_too() throws InterruptedException {
        DealWon deal = WorkIT.deal();
        List<String> handedOver = new CopyOnWriteArrayList<>();
        StreamsConfig config = new Replica.Config(Duration.ofHours(1), Duration.ZERO);
        WorkGroup group = new WorkGroup(reactive, blocking, Replica.GROUP, config) {
            @Override
            void handOver(String key, List<String> ids) {
                super.handOver(key, ids);
                handedOver.addAll(ids);
            }
        };
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Handling handling = handling(group, Replica.consumer(() -> {
            begun.countDown();
            waitFor(never);
            return Outcome.done();
        }));
        Replica.addAndRead(redis, group.consumer(), List.of(deal), company);
        String entry = heldBy(group.consumer()).getFirst().getMessageId();
        handling.submit(new Entry(KEY, entry, Replica.fields(deal, company)));
        begun.await();

        handling.finish(Duration.ofMillis(50));
        handling.handOver();

        assertThat(handedOver).containsExactly(entry);
        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
        never.countDown();
    }

    @Test
    void a_redis_that_is_away_at_the_end_does_not_keep_the_others_from_stopping() {
        StreamsConfig config = new Replica.Config(Duration.ofHours(1), Duration.ZERO);
        AtomicBoolean asked = new AtomicBoolean();
        WorkGroup away = new WorkGroup(reactive, blocking, Replica.GROUP, config) {
            @Override
            void handOver(String key, List<String> ids) {
                asked.set(true);
                throw new IllegalStateException("told so by the test");
            }
        };
        Consumers consumers = new Consumers(List.of(later()), Replica.GROUP);
        Handling handling = unstarted(away, consumers);
        WorkLoop loop = new WorkLoop(
                away,
                consumers,
                handling,
                new DeadConsumers(away, consumers, handling, config),
                new FinishedMarks(progress, database, consumers, new StreamMetrics(new SimpleMeterRegistry()), config));
        loop.start(null);
        DealWon deal = WorkIT.deal();
        Replica.addAndRead(redis, away.consumer(), List.of(deal), company);
        String entry = heldBy(away.consumer()).getFirst().getMessageId();
        handling.submit(new Entry(KEY, entry, Replica.fields(deal, company)));

        loop.close(null);

        assertThatCode(() -> loop.stop(null)).doesNotThrowAnyException();
        assertThat(asked).isTrue();
    }

    @Test
    void what_another_replica_has_claimed_meanwhile_is_not_stolen_back() {
        WorkGroup sleeper = group(Duration.ofHours(1));
        Replica.addAndRead(redis, "its-heir", List.of(WorkIT.deal(), WorkIT.deal()), company);
        List<String> entries =
                heldBy("its-heir").stream().map(PendingMessage::getMessageId).toList();

        assertThat(sleeper.keep(KEY, entries)).containsExactlyInAnyOrderElementsOf(entries);
        assertThat(heldBy(sleeper.consumer())).isEmpty();
    }

    @Test
    void a_full_redis_is_still_read_so_that_it_can_become_less_full() {
        WorkGroup group = group(Duration.ofHours(1));
        redis.execute("CONFIG", "SET", "maxmemory", "1");
        try {
            group.create(List.of(KEY));
            assertThat(group.read(List.of(KEY))).isEmpty();
        } finally {
            redis.execute("CONFIG", "SET", "maxmemory", "0");
        }
    }

    @Test
    void names_of_replicas_that_are_gone_are_removed_unless_they_left_something() {
        redis.execute("XGROUP", "CREATECONSUMER", KEY, Replica.GROUP, "gone-for-good");
        Replica.addAndRead(redis, "gone-with-something", List.of(WorkIT.deal()), company);

        group(Duration.ofHours(1)).forgetTheGone(KEY);

        assertThat(consumers()).doesNotContain("gone-for-good").contains("gone-with-something");
    }

    @Test
    void a_broadcast_is_heard_by_every_replica_and_a_listener_that_fails_is_forgiven() throws InterruptedException {
        HeardSettings other = new HeardSettings();
        BroadcastLoop replica = new BroadcastLoop(blocking, List.of(other), Replica.GROUP);
        replica.start(null);
        // Until both listen: what came before is not promised.
        await().untilAsserted(() -> {
            EventId probe = change();
            assertThat(heard.all()).contains(probe);
            assertThat(other.all()).contains(probe);
        });

        EventId first = change();
        other.failOn(first);
        EventId second = change();

        await().untilAsserted(() -> assertThat(heard.all()).contains(first, second));
        await().untilAsserted(() -> assertThat(other.all()).contains(first, second));
        replica.stop(null);
    }

    private EventId change() {
        EventId event = database.asCompany(
                company, tx -> outbox.append(tx, new SettingsChanged(SettingsChanged.Kind.PIXEL, SettingId.random())));
        await().untilAsserted(() -> assertThat(heard.all()).contains(event));
        return event;
    }

    private WorkGroup group(Duration deadAfter) {
        return new WorkGroup(reactive, blocking, Replica.GROUP, new Replica.Config(deadAfter, Duration.ZERO));
    }

    private Handling handling(WorkGroup group, WorkConsumer<?> consumer) {
        Handling handling = unstarted(group, new Consumers(List.of(consumer), Replica.GROUP));
        handling.start();
        return handling;
    }

    private Handling unstarted(WorkGroup group, Consumers consumers) {
        StreamsConfig config = new Replica.Config(Duration.ofHours(1), Duration.ZERO);
        Attempts attempts =
                new Attempts(consumers, parking, group, new StreamMetrics(new SimpleMeterRegistry()), config);
        return new Handling(group, attempts, new Acknowledgements(group), config);
    }

    private static WorkConsumer<DealWon> later() {
        return Replica.consumer(() -> Outcome.later("told so by the test"));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void finish(Handling handling) {
        try {
            handling.finish(Duration.ofSeconds(5));
            handling.handOver();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<PendingMessage> heldBy(String consumer) {
        return redis.stream(String.class).xpending(KEY, Replica.GROUP, StreamRange.of("-", "+"), 1_000).stream()
                .filter(pending -> pending.getConsumer().equals(consumer))
                .toList();
    }

    private List<String> consumers() {
        var answer = redis.execute("XINFO", "CONSUMERS", KEY, Replica.GROUP);
        return IntStream.range(0, answer.size())
                .mapToObj(index -> answer.get(index).get("name") != null
                        ? answer.get(index).get("name").toString()
                        : answer.get(index).get(1).toString())
                .toList();
    }
}
