package io.centurions.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Streams;
import io.centurions.contracts.deal.DealLost;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.knowledge.KnowledgeDocumentChanged;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What leaves the outbox, on a real PostgreSQL and a real Redis. */
@QuarkusTest
@WithPostgresAndRedis
class RelayIT {

    @Inject
    Database database;

    @Inject
    Outbox outbox;

    @Inject
    OutboxRows rows;

    @Inject
    StreamWriter streams;

    @Inject
    RedisLife life;

    @Inject
    MeterRegistry metrics;

    @Inject
    RedisDataSource redis;

    private final CompanyId company = Companies.make("relay").company();

    @Test
    void a_committed_event_is_published_and_its_row_says_as_what() {
        EventId event = database.asCompany(company, tx -> outbox.append(tx, Published.deal()));

        await().untilAsserted(() -> assertThat(Published.unpublished(company)).isZero());
        Map<String, Object> row = Admin.get()
                .queryOne("SELECT entry_id, generation FROM core.outbox_backoffice WHERE id = ?", event.value());
        assertThat(Published.entries(redis, DealWon.TYPE, company)).hasSize(1);
        assertThat((String) row.get("entry_id")).matches("\\d+-\\d+");
        assertThat(redis.value(String.class).get(RedisLife.KEY)).startsWith(row.get("generation") + ":");
    }

    @Test
    void relays_side_by_side_publish_each_event_once() throws InterruptedException {
        Relay other = relay();
        other.start(null);
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            writers.add(Thread.ofVirtual().start(() -> {
                for (int event = 0; event < 50; event++) {
                    database.runAsCompany(company, tx -> outbox.append(tx, Published.deal()));
                    other.wake();
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        Published.insert(company, DealWon.TYPE, 1_800);
        other.wake();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Published.unpublished(company)).isZero());
        other.stop(null);
        assertThat(Published.entries(redis, DealWon.TYPE, company))
                .extracting(fields -> Published.envelope(fields).id())
                .hasSize(2_000)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_stream_whose_consumers_are_still_to_come_is_kept_by_length() {
        String key = Streams.key(KnowledgeDocumentChanged.TYPE);
        redis.execute("EVAL", "for i = 1, 12000 do redis.call('XADD', KEYS[1], '*', 'a', 'b') end", "1", key);

        Published.insert(company, KnowledgeDocumentChanged.TYPE, 1);

        await().untilAsserted(() -> assertThat(Published.unpublished(company)).isZero());
        assertThat(redis.stream(String.class).xlen(key)).isBetween(10_000L, 10_200L);
    }

    @Test
    void a_full_redis_pauses_the_relay_and_nothing_is_lost() {
        database.runAsCompany(company, tx -> outbox.append(tx, Published.deal()));
        await().untilAsserted(() -> assertThat(Published.unpublished(company)).isZero());
        redis.execute("CONFIG", "SET", "maxmemory", "1");
        try {
            Published.insert(company, DealWon.TYPE, 500);

            await().untilAsserted(() ->
                    assertThat(metrics.get("outbox_paused").gauge().value()).isEqualTo(1));
            assertThat(Published.unpublished(company)).isEqualTo(500);
        } finally {
            redis.execute("CONFIG", "SET", "maxmemory", "0");
        }

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(Published.unpublished(company)).isZero());
        await().untilAsserted(() ->
                assertThat(metrics.get("outbox_paused").gauge().value()).isZero());
        assertThat(Published.entries(redis, DealWon.TYPE, company)).hasSize(501);
    }

    @Test
    void a_relay_is_not_paused_any_more_when_another_has_published_what_waited() throws InterruptedException {
        SimpleMeterRegistry own = new SimpleMeterRegistry();
        AtomicBoolean nothingLeft = new AtomicBoolean();
        OutboxRows toSee = new OutboxRows(database, "backoffice") {
            @Override
            List<Row> lease(int limit, Duration lease) {
                return nothingLeft.get() ? List.of() : super.lease(limit, lease);
            }
        };
        Relay other = new Relay(toSee, streams, new LifeWatch(rows, life, own), own);
        other.start(null);
        redis.execute("CONFIG", "SET", "maxmemory", "1");
        try {
            Published.insert(company, DealWon.TYPE, 5);
            await().untilAsserted(() ->
                    assertThat(own.get("outbox_paused").gauge().value()).isEqualTo(1));
            nothingLeft.set(true);

            await().during(Duration.ofSeconds(1))
                    .untilAsserted(
                            () -> assertThat(own.get("outbox_paused").gauge().value())
                                    .as("Redis is still full")
                                    .isEqualTo(1));
        } finally {
            redis.execute("CONFIG", "SET", "maxmemory", "0");
        }

        await().untilAsserted(() ->
                assertThat(own.get("outbox_paused").gauge().value()).isZero());
        assertThat(redis.key().exists("centurions:room")).isFalse();
        other.stop(null);
    }

    @Test
    void an_event_that_can_be_no_entry_is_given_up_and_holds_nobody_back() {
        UUID bad = UUID.randomUUID();
        Admin.get().execute("""
                INSERT INTO core.outbox_backoffice (company_id, id, type, subject, seq, occurred_at, correlation_id, payload)
                VALUES (?, ?, 'deal.won', core.uuid7(), -1, now(), core.uuid7(), '{}')
                """, company.value(), bad);
        database.runAsCompany(company, tx -> outbox.append(tx, Published.deal()));

        await().untilAsserted(() ->
                assertThat(Published.entries(redis, DealWon.TYPE, company)).hasSize(1));
        await().untilAsserted(() -> assertThat(Admin.get()
                        .queryOne("SELECT refused_reason, leased_until FROM core.outbox_backoffice WHERE id = ?", bad)
                        .get("refused_reason"))
                .isEqualTo("IllegalArgumentException"));
        assertThat(Published.unpublished(company)).isEqualTo(1);
    }

    @Test
    void an_event_larger_than_any_of_ours_fails_the_transaction_that_writes_it() {
        assertThatThrownBy(() -> database.runAsCompany(company, tx -> {
                    outbox.append(tx, Published.deal());
                    tx.execute("""
                    INSERT INTO core.outbox_backoffice (company_id, id, type, subject, occurred_at, correlation_id, payload)
                    VALUES ($1, core.uuid7(), 'deal.won', core.uuid7(), now(), core.uuid7(), to_jsonb(repeat('x', 65535)))
                    """, company.value());
                }))
                .hasMessageContaining("outbox_backoffice_payload_size");

        assertThat(Admin.get()
                        .count("SELECT count(*) FROM core.outbox_backoffice WHERE company_id = ?", company.value()))
                .isZero();
    }

    @Test
    void a_parked_event_larger_than_any_of_ours_cannot_be_sent_again() {
        UUID parked = park(UUID.randomUUID());
        Admin.get()
                .execute(
                        "UPDATE core.parked_events_backoffice SET payload = to_jsonb(repeat('x', 20000000)) WHERE id = ?",
                        parked);

        assertThat(reprocess(parked)).isEqualTo("unreadable");
    }

    @Test
    void what_a_dead_relay_leased_is_published_when_its_lease_ends() {
        Published.insert(company, DealWon.TYPE, 3);
        Admin.get()
                .execute(
                        "UPDATE core.outbox_backoffice SET published_at = NULL, leased_until = now() + interval '2 s'"
                                + " WHERE company_id = ?",
                        company.value());

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Published.unpublished(company)).isZero());
    }

    @Test
    void a_stream_that_nobody_works_on_does_not_grow_for_ever() {
        Published.insert(company, DealLost.TYPE, 11_000);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Published.unpublished(company)).isZero());
        assertThat(redis.stream(String.class).xlen(Streams.key(DealLost.TYPE))).isLessThan(10_500);
    }

    @Test
    void an_event_sent_again_by_an_operator_is_the_same_event_for_one_group_alone() {
        UUID event = UUID.randomUUID();
        UUID parked = park(event);

        assertThat(reprocess(parked)).isEqualTo("reprocessed");
        assertThat(reprocess(parked)).isEqualTo("settled");

        await().untilAsserted(() ->
                assertThat(Published.entries(redis, DealWon.TYPE, company)).hasSize(1));
        Map<String, String> entry =
                Published.entries(redis, DealWon.TYPE, company).getFirst();
        Envelope envelope = Published.envelope(entry);
        assertThat(entry).containsEntry(Streams.ONLY, "capi-dispatcher");
        assertThat(envelope.id()).isEqualTo(EventId.of(event));
        assertThat(envelope.replay()).isTrue();
        assertThat(envelope.producer()).isEqualTo("agent-runtime");
    }

    private UUID park(UUID event) {
        return (UUID) Admin.get()
                .queryOne("""
                INSERT INTO core.parked_events_backoffice (company_id, event_id, stream, consumer, envelope, payload, reason)
                VALUES (?, ?, 'deal.won', 'capi-dispatcher', jsonb_build_object('id', ?::text, 'type', 'deal.won', 'version', 1,
                        'subject', core.uuid7(), 'seq', 0, 'occurredAt', '2026-11-20T12:00:00Z', 'producer', 'agent-runtime'), '{}', 'test')
                RETURNING id
                """, company.value(), event, event.toString())
                .get("id");
    }

    private static Object reprocess(UUID parked) {
        return Admin.get()
                .queryOne("SELECT core.reprocess_parked_backoffice_v1(?, 'someone') AS outcome", parked)
                .get("outcome");
    }

    private Relay relay() {
        SimpleMeterRegistry own = new SimpleMeterRegistry();
        return new Relay(rows, streams, new LifeWatch(rows, life, own), own);
    }
}
