package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Streams;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.tenancy.ShutdownDeadline;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.HeardLog;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one replica does with the entries that it has, when handling, acknowledging or the process itself fails. */
@QuarkusTest
@WithPostgresAndRedis
class HandlingIT {

    private static final String KEY = Streams.key(DealWon.TYPE);

    @Inject
    Parking parking;

    @Inject
    RedisDataSource redis;

    @Inject
    ReactiveRedisDataSource reactive;

    @Inject
    @RedisClientName("blocking")
    ReactiveRedisDataSource blocking;

    private final CompanyId company = Companies.make("handling").company();

    @Test
    void the_group_remembers_failures_whoever_has_the_entry() {
        WorkGroup first = group(Duration.ofHours(1));
        Entry entry = readBy(first, WorkIT.deal());
        Instant later = entry.enteredAt().plusSeconds(40);

        assertThat(first.failed(entry, later)).contains(new Failures(1, later));
        assertThat(first.failed(entry, later.plusSeconds(1))).contains(new Failures(2, later));
        WorkGroup heir = group(Duration.ZERO);
        assertThat(claimedBy(heir)).contains(entry.id());

        assertThat(heir.failed(entry, later.plusSeconds(300)))
                .as("the claim says that a try was cut")
                .contains(new Failures(4, later));
        assertThat(first.failed(entry, later.plusSeconds(300))).isEmpty();
    }

    @Test
    void an_entry_that_came_by_many_claims_fails_for_the_first_time_like_any_other() {
        WorkGroup group = group(Duration.ZERO);
        Entry entry = readBy(group, WorkIT.deal());
        for (int claims = 0; claims < 20; claims++) {
            assertThat(claimedBy(group)).contains(entry.id());
        }

        assertThat(group.failed(entry, entry.enteredAt())).contains(new Failures(1, entry.enteredAt()));
    }

    @Test
    void the_claim_of_what_was_handed_over_or_let_go_is_no_try() {
        WorkGroup first = group(Duration.ZERO);
        Entry entry = readBy(first, WorkIT.deal());
        Instant later = entry.enteredAt().plusSeconds(40);
        assertThat(first.failed(entry, later)).contains(new Failures(1, later));

        first.handOver(KEY, List.of(entry.id()));
        first.handOver(KEY, List.of(entry.id()));
        WorkGroup heir = group(Duration.ZERO);
        assertThat(claimedBy(heir)).contains(entry.id());
        assertThat(heir.failed(entry, later)).contains(new Failures(2, later));

        heir.letGo(entry);
        WorkGroup last = group(Duration.ZERO);
        assertThat(claimedBy(last)).contains(entry.id());
        assertThat(last.failed(entry, later)).contains(new Failures(3, later));
        last.acknowledge(KEY, List.of(entry.id()));
    }

    @Test
    void when_too_many_wait_the_group_hears_who_is_let_go() throws InterruptedException {
        List<Entry> letGo = new CopyOnWriteArrayList<>();
        StreamsConfig config = config(Duration.ofHours(1));
        WorkGroup group = new WorkGroup(reactive, blocking, Replica.GROUP, config) {
            @Override
            void letGo(Entry entry) {
                letGo.add(entry);
            }
        };
        Attempts attempts =
                attempts(group, Replica.consumer(() -> Outcome.later("told so by the test")), Duration.ofMinutes(5));
        Handling handling = new Handling(group, attempts, new Acknowledgements(group), config);
        handling.start();
        List<DealWon> deals =
                Stream.generate(WorkIT::deal).limit(config.waitingMax() + 1).toList();
        Replica.addAndRead(redis, group.consumer(), deals, company);
        List<PendingMessage> held = heldBy(group);

        for (int place = 0; place < held.size(); place++) {
            handling.submit(new Entry(KEY, held.get(place).getMessageId(), Replica.fields(deals.get(place), company)));
        }

        await().untilAsserted(() -> assertThat(letGo).isNotEmpty());
        handling.finish(Duration.ofSeconds(5));
        group.acknowledge(KEY, held.stream().map(PendingMessage::getMessageId).toList());
    }

    @Test
    void what_was_tried_enough_before_a_restart_is_parked_by_the_first_try_after_it() {
        Duration atOnce = Duration.ZERO;
        WorkGroup before = group(Duration.ofHours(1));
        Entry entry = readBy(before, WorkIT.deal());
        for (int tries = 1; tries < Patience.FAILURES_MIN; tries++) {
            assertThat(settled(failing(before, atOnce), entry)).isFalse();
        }
        WorkGroup after = group(Duration.ZERO);
        assertThat(claimedBy(after)).contains(entry.id());

        assertThat(settled(failing(after, atOnce), entry)).isTrue();

        assertThat(Admin.get()
                        .count("SELECT count(*) FROM core.parked_events_capi WHERE company_id = ?", company.value()))
                .isOne();
        after.acknowledge(KEY, List.of(entry.id()));
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void entries_for_which_there_is_no_thread_take_no_place_and_are_handled_when_they_come_again()
            throws InterruptedException {
        WorkGroup group = group(Duration.ofHours(1));
        AtomicInteger handled = new AtomicInteger();
        AtomicBoolean noThread = new AtomicBoolean(true);
        Attempts attempts = attempts(
                group,
                Replica.consumer(() -> {
                    handled.incrementAndGet();
                    return Outcome.done();
                }),
                Duration.ofMinutes(5));
        Handling handling = new Handling(group, attempts, new Acknowledgements(group), config(Duration.ofHours(1))) {
            @Override
            void begin(Runnable work) {
                if (noThread.get()) {
                    throw new OutOfMemoryError("unable to create native thread, told so by the test");
                }
                super.begin(work);
            }
        };
        handling.start();
        Entry entry = readBy(group, WorkIT.deal());
        for (int number = 1; number <= 1_001; number++) {
            handling.submit(new Entry(KEY, number + "-1", entry.fields()));
        }
        handling.submit(entry);
        noThread.set(false);

        handling.submit(entry);

        await().untilAsserted(() -> assertThat(handled).hasValue(1));
        await().untilAsserted(() -> assertThat(heldBy(group)).isEmpty());
        handling.finish(Duration.ofSeconds(5));
    }

    @Test
    void whatever_an_acknowledgement_fails_with_the_next_one_is_made() throws InterruptedException {
        List<String> acknowledged = new CopyOnWriteArrayList<>();
        List<Entry> released = new CopyOnWriteArrayList<>();
        WorkGroup group = new WorkGroup(reactive, blocking, Replica.GROUP, config(Duration.ofHours(1))) {
            @Override
            void acknowledge(String key, List<String> ids) {
                if (ids.contains("1-0")) {
                    throw new OutOfMemoryError("told so by the test");
                }
                acknowledged.addAll(ids);
            }
        };
        var acknowledgements = new Acknowledgements(group);
        acknowledgements.start(released::add);

        acknowledgements.add(new Entry(KEY, "1-0", Map.of()));
        await().untilAsserted(() -> assertThat(released).hasSize(1));
        acknowledgements.add(new Entry(KEY, "2-0", Map.of()));

        await().untilAsserted(() -> assertThat(acknowledged).containsExactly("2-0"));
        acknowledgements.finish(Duration.ofSeconds(5));
        assertThat(released).hasSize(2);
    }

    @Test
    void what_a_lead_wrote_is_not_in_the_log_of_a_payload_that_cannot_be_read() {
        WorkGroup group = group(Duration.ofHours(1));
        Entry read = readBy(group, WorkIT.deal());
        String words = "meu CPF e 529.982.247-25";
        String payload = "{\"deal\":\"" + words + "\"}";
        assertThatThrownBy(() -> EventJson.read(payload, DealWon.class)).hasStackTraceContaining(words);
        Entry unreadable = new Entry(
                KEY,
                read.id(),
                Map.of(Streams.ENVELOPE, read.fields().get(Streams.ENVELOPE), Streams.PAYLOAD, payload));

        try (HeardLog log = HeardLog.of(Attempts.class)) {
            assertThat(settled(failing(group, Duration.ofMinutes(5)), unreadable))
                    .isFalse();

            assertThat(log.lines())
                    .anyMatch(line -> line.contains("cannot be read"))
                    .noneMatch(line -> line.contains(words));
        }
        group.acknowledge(KEY, List.of(read.id()));
    }

    @Test
    void what_hangs_is_not_waited_for_after_the_deadline_of_the_process() throws InterruptedException {
        var hanging = new CountDownLatch(1);
        var begun = new CountDownLatch(2);
        WorkGroup group = new WorkGroup(reactive, blocking, Replica.GROUP, config(Duration.ofHours(1))) {
            @Override
            void acknowledge(String key, List<String> ids) {
                hang(begun, hanging);
            }
        };
        Attempts attempts = attempts(
                group,
                Replica.consumer(() -> {
                    hang(begun, hanging);
                    return Outcome.done();
                }),
                Duration.ofMinutes(5));
        var acknowledgements = new Acknowledgements(group);
        Handling handling = new Handling(group, attempts, acknowledgements, config(Duration.ofHours(1)));
        handling.start();
        acknowledgements.add(new Entry(KEY, "1-0", Map.of()));
        handling.submit(readBy(group, WorkIT.deal()));
        begun.await();

        ShutdownDeadline.begin(Duration.ZERO);
        try {
            // Acknowledgements alone have more patience.
            assertTimeoutPreemptively(Duration.ofMillis(1_500), () -> handling.finish(Duration.ofMinutes(1)));
        } finally {
            ShutdownDeadline.forget();
            hanging.countDown();
        }
    }

    private static void hang(CountDownLatch begun, CountDownLatch until) {
        begun.countDown();
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Attempts failing(WorkGroup group, Duration giveUpAfter) {
        WorkConsumer<DealWon> consumer = Replica.consumer(() -> {
            throw new IllegalStateException("told so by the test");
        });
        return attempts(group, consumer, giveUpAfter);
    }

    private Attempts attempts(WorkGroup group, WorkConsumer<DealWon> consumer, Duration giveUpAfter) {
        var consumers = new Consumers(List.of(consumer), Replica.GROUP);
        var config = new Replica.Config(Duration.ofHours(1), Duration.ZERO, giveUpAfter);
        return new Attempts(consumers, parking, group, new StreamMetrics(new SimpleMeterRegistry()), config);
    }

    /** One try, by a replica that knows nothing of earlier ones. */
    private static boolean settled(Attempts attempts, Entry entry) {
        Envelope envelope = attempts.envelopeOf(entry).orElseThrow();
        return attempts.settled(entry, envelope, attempts.patienceFor(entry, envelope));
    }

    private WorkGroup group(Duration deadAfter) {
        return new WorkGroup(reactive, blocking, Replica.GROUP, config(deadAfter));
    }

    private static StreamsConfig config(Duration deadAfter) {
        return new Replica.Config(deadAfter, Duration.ZERO);
    }

    private Entry readBy(WorkGroup group, DealWon deal) {
        Replica.addAndRead(redis, group.consumer(), List.of(deal), company);
        String id = heldBy(group).getFirst().getMessageId();
        return new Entry(KEY, id, Replica.fields(deal, company));
    }

    private static List<String> claimedBy(WorkGroup group) {
        return group.claim(KEY, EntryIds.BEGINNING).entries().stream()
                .map(Entry::id)
                .toList();
    }

    private List<PendingMessage> heldBy(WorkGroup group) {
        return redis.stream(String.class).xpending(KEY, Replica.GROUP, StreamRange.of("-", "+"), 1_000).stream()
                .filter(pending -> pending.getConsumer().equals(group.consumer()))
                .toList();
    }
}
