package io.centurions.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Groups;
import io.centurions.contracts.Streams;
import io.centurions.contracts.deal.DealLost;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.EventId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.HeardLog;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Redis that lost everything, or only its last second, is fed again from what PostgreSQL remembers; cleaning leaves enough. */
@QuarkusTest
@WithPostgresAndRedis
class RedisLossIT {

    @Inject
    Database database;

    @Inject
    Outbox outbox;

    @Inject
    RedisDataSource redis;

    @Inject
    RedisLife life;

    @Inject
    MeterRegistry metrics;

    private final CompanyId company = Companies.make("loss").company();

    @Test
    void an_emptied_redis_gets_back_what_no_group_has_finished() {
        List<EventId> events = publish(5);
        database.runAsCompany(
                company,
                tx -> outbox.append(
                        tx,
                        new DealLost(Published.deal().deal(), Published.deal().lead(), null)));
        await().untilAsserted(() -> assertThat(Published.unpublished(company)).isZero());

        redis.flushall();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(published()).containsExactlyInAnyOrderElementsOf(events));
        assertThat(Published.entries(redis, DealLost.TYPE, company))
                .as("nobody works on it")
                .isEmpty();
        await().untilAsserted(() -> assertThat(Published.unpublished(company)).isZero());
    }

    @Test
    void what_mends_itself_is_warned_of_once_and_is_no_error() {
        List<EventId> events = publish(1);
        try (HeardLog watch = HeardLog.of(LifeWatch.class)) {
            redis.flushall();

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(published()).isEqualTo(events));

            assertThat(watch.lines())
                    .filteredOn(line -> line.contains("runbook redis-loss"))
                    .hasSize(1);
            assertThat(watch.errors()).isEmpty();
        }
    }

    @Test
    void a_restarted_redis_gets_back_only_what_is_beyond_the_mark() {
        List<EventId> events = publish(5);
        Groups.work(DealWon.TYPE)
                .forEach(group -> Published.finished(
                        DealWon.TYPE, group, Published.entryOf(events.get(2).value())));
        String tail = Published.entryOf(events.get(4).value());
        // The last write never reached the disk, and another process answers now.
        redis.stream(String.class).xdel(Streams.key(DealWon.TYPE), tail);
        String before = redis.value(String.class).get(RedisLife.KEY);
        redis.value(String.class).set(RedisLife.KEY, before.substring(0, 37) + "0".repeat(40));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(published()).hasSize(6));
        assertThat(published()).containsAll(events);
        assertThat(published().subList(4, 6)).containsExactly(events.get(3), events.get(4));
        assertThat(redis.value(String.class).get(RedisLife.KEY)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"set, lixo", "set, 0199a1b2-c3d4-701b-8a00-00000000001", "rpush, a"})
    void a_life_that_nobody_can_read_is_none(String command, String value) {
        EventId event = publish(1).getFirst();
        String before = redis.value(String.class).get(RedisLife.KEY);

        // In one step: the watch begins the next life as soon as it finds no key.
        redis.execute("EVAL", """
                redis.call('DEL', KEYS[1])
                return redis.call(ARGV[1], KEYS[1], ARGV[2])
                """, "1", RedisLife.KEY, command, value);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(published()).containsExactly(event, event));
        assertThat(redis.value(String.class).get(RedisLife.KEY))
                .matches("[0-9a-f-]{36}:[0-9a-f]{40}")
                .isNotEqualTo(before);
    }

    @Test
    void a_stream_that_was_overwritten_is_made_again_and_gets_back_what_no_group_has_finished() {
        List<EventId> events = publish(3);
        redis.key().del(RedisLife.MENDED);

        overwrite();

        awaitMending();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(published()).containsExactlyInAnyOrderElementsOf(events));
    }

    @Test
    void whoever_mends_rests_for_a_minute() {
        redis.key().del(RedisLife.MENDED);
        overwrite();
        awaitMending();
        assertThat(redis.key().pttl(RedisLife.MENDED)).isBetween(1L, 60_000L);

        overwrite();

        assertThat(life.look().mended()).isFalse();
        assertThat(typeOf(DealWon.TYPE)).isEqualTo("string");
        redis.key().del(RedisLife.MENDED);
        awaitMending();
    }

    @Test
    void a_rest_longer_than_a_minute_is_somebody_elses_and_keeps_nobody_from_mending() {
        redis.value(String.class).setex(RedisLife.MENDED, 3600, "by hand");

        overwrite();
        awaitMending();

        assertThat(redis.key().pttl(RedisLife.MENDED)).isBetween(1L, 60_000L);
    }

    @Test
    void a_stream_that_is_overwritten_again_waits_a_minute_and_holds_up_no_other() {
        redis.value(String.class).setex(RedisLife.MENDED, 60, "");
        overwrite();
        Published.insert(company, DealWon.TYPE, 300);
        Published.insert(company, DealLost.TYPE, 1);

        await().untilAsserted(() ->
                assertThat(Published.entries(redis, DealLost.TYPE, company)).hasSize(1));
        await().untilAsserted(() ->
                assertThat(metrics.get("streams_overwritten").gauge().value()).isEqualTo(1));
        assertThat(life.look().strange()).containsExactly(Streams.key(DealWon.TYPE));
        assertThat(typeOf(DealWon.TYPE)).isEqualTo("string");
        assertThat(Published.unpublished(company)).isEqualTo(300);

        redis.key().del(RedisLife.MENDED);
        await().untilAsserted(() -> assertThat(typeOf(DealWon.TYPE)).isEqualTo("stream"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(published()).hasSize(300));
        await().untilAsserted(() ->
                assertThat(metrics.get("streams_overwritten").gauge().value()).isZero());
    }

    @Test
    void a_redis_that_comes_back_full_begins_its_next_life_all_the_same() {
        publish(1);
        String before = redis.value(String.class).get(RedisLife.KEY);
        redis.execute("CONFIG", "SET", "maxmemory", "1");
        try {
            // A change of the key needs memory, its loss does not; both end the life.
            redis.key().del(RedisLife.KEY);

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(redis.value(String.class).get(RedisLife.KEY))
                            .isNotNull()
                            .isNotEqualTo(before));
        } finally {
            redis.execute("CONFIG", "SET", "maxmemory", "0");
        }
    }

    @Test
    void what_a_relay_marks_late_under_a_lost_life_is_found_and_published_again() {
        List<EventId> events = publish(1);
        redis.flushall();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(published()).isEqualTo(events));
        redis.key().del(Streams.key(DealWon.TYPE));

        Admin.get().execute("""
                INSERT INTO core.stream_marks (stream, consumer_group, generation) VALUES ('deal.won', 'capi-dispatcher', ?)
                """, company.value());
        Admin.get()
                .execute(
                        "UPDATE core.outbox_backoffice SET generation = ? WHERE company_id = ?",
                        company.value(),
                        company.value());

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(published()).isEqualTo(events));
    }

    @Test
    void cleaning_takes_what_is_old_and_finished_and_never_passes_a_mark() {
        List<EventId> events = publish(4);
        Groups.work(DealWon.TYPE)
                .forEach(group -> Published.finished(
                        DealWon.TYPE, group, Published.entryOf(events.get(1).value())));

        clean("2 days");
        assertThat(left()).as("none is old enough").isEqualTo(4);
        clean("4 days");
        assertThat(left()).as("two are not finished").isEqualTo(2);
        clean("1000 days");
        assertThat(left()).isEqualTo(2);
    }

    @Test
    void a_life_whose_marks_are_gone_is_published_again_and_not_cleaned_before() {
        List<EventId> events = publish(2);
        UUID lost = UUID.randomUUID();
        redis.key().del(Streams.key(DealWon.TYPE));
        Admin.get()
                .execute(
                        "UPDATE core.outbox_backoffice SET generation = ? WHERE company_id = ?", lost, company.value());

        clean("1000 days");
        assertThat(left()).isEqualTo(2);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(published()).containsExactlyInAnyOrderElementsOf(events));
    }

    @Test
    void the_life_before_the_latest_keeps_its_marks_for_services_that_start_later() {
        UUID before = UUID.randomUUID();
        UUID longAgo = UUID.randomUUID();
        String mark = "INSERT INTO core.stream_marks (stream, consumer_group, generation, updated_at)"
                + " VALUES ('deal.won', 'capi-dispatcher', ?, clock_timestamp() - ?::interval)";
        publish(1);
        UUID latest = Published.lastLife();
        Admin.get().execute("DELETE FROM core.stream_marks WHERE generation <> ?", latest);
        Admin.get().execute(mark, before, "100 days");
        Admin.get().execute(mark, longAgo, "300 days");

        clean("100 days");

        assertThat(marksOf(latest)).isPositive();
        assertThat(marksOf(before)).isEqualTo(1);
        assertThat(marksOf(longAgo)).isZero();
    }

    @Test
    void a_group_that_was_taken_out_of_the_registry_holds_nothing_back_once_it_is_silent() {
        UUID life = UUID.randomUUID();
        String expect = "SELECT core.expect_streams_v1(?, ?::jsonb, clock_timestamp() + ?::interval) AS expected";
        Admin.get()
                .count(
                        expect,
                        life,
                        "{\"deal.won\":[\"capi-dispatcher\",\"gone\"],\"deal.lost\":[\"gone\"]}",
                        "-2 hours");

        Admin.get().count(expect, life, "{\"deal.won\":[\"capi-dispatcher\"]}", "-61 minutes");
        assertThat(marksOf(life)).as("a newer release's, perhaps").isEqualTo(3);
        Admin.get().count(expect, life, "{\"deal.won\":[\"capi-dispatcher\"]}", "-59 minutes");
        assertThat(marksOf(life)).isEqualTo(1);

        Admin.get().execute("DELETE FROM core.stream_marks WHERE generation = ?", life);
    }

    @Test
    void a_stream_that_nobody_reads_any_more_is_cleaned_by_age() {
        publish(1);
        UUID latest = Published.lastLife();
        UUID before = UUID.randomUUID();
        Admin.get().execute("""
                UPDATE core.outbox_backoffice SET type = 'deal.lost' WHERE company_id = ?
                """, company.value());
        Admin.get().execute("""
                INSERT INTO core.stream_marks (stream, consumer_group, generation, updated_at)
                VALUES ('deal.lost', 'gone', ?, clock_timestamp() - interval '1 hour')
                """, before);

        clean("2 days");
        assertThat(left()).as("not old enough").isEqualTo(1);
        clean("4 days");
        assertThat(left())
                .as("whoever read it in %s, nobody does in %s", before, latest)
                .isZero();
    }

    @Test
    void only_groups_that_have_a_consumer_hold_anything_back() {
        publish(1);

        assertThat(Admin.get()
                        .query(
                                "SELECT stream || ' ' || consumer_group AS held FROM core.stream_marks"
                                        + " WHERE generation = ? AND stream IN ('knowledge.document', 'person.erased')",
                                Published.lastLife()))
                .extracting(row -> row.get("held"))
                .containsExactly("person.erased capi-dispatcher");
    }

    private static long marksOf(UUID life) {
        return Admin.get().count("SELECT count(*) FROM core.stream_marks WHERE generation = ?", life);
    }

    private static void clean(String later) {
        String call = "SELECT core.clean_backoffice_v1(1000, clock_timestamp() + ?::interval) AS gone";
        while (Admin.get().count(call, later) > 0) {
            assertThat(later).isNotEmpty();
        }
    }

    private void overwrite() {
        redis.value(String.class).set(Streams.key(DealWon.TYPE), "by hand");
    }

    private void awaitMending() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(typeOf(DealWon.TYPE)).isNotEqualTo("string"));
    }

    private String typeOf(String type) {
        return redis.execute("TYPE", Streams.key(type)).toString();
    }

    private long left() {
        return Admin.get().count("SELECT count(*) FROM core.outbox_backoffice WHERE company_id = ?", company.value());
    }

    private List<EventId> publish(int events) {
        List<EventId> ids = new ArrayList<>();
        for (int event = 0; event < events; event++) {
            ids.add(database.asCompany(company, tx -> outbox.append(tx, Published.deal())));
            await().untilAsserted(
                            () -> assertThat(Published.unpublished(company)).isZero());
        }
        return ids;
    }

    private List<EventId> published() {
        return Published.entries(redis, DealWon.TYPE, company).stream()
                .map(fields -> Published.envelope(fields).id())
                .toList();
    }
}
