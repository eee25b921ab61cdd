package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Event;
import io.centurions.contracts.Streams;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.HandoffId;
import io.centurions.contracts.id.LeadId;
import io.centurions.contracts.lead.LeadQualified;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.redis.datasource.stream.XAddArgs;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL knows of the progress of a group, what is dropped because of it, and what comes back when Redis is lost. */
@QuarkusTest
@WithPostgresAndRedis
class FinishedMarksIT {

    @Inject
    Database database;

    @Inject
    Outbox outbox;

    @Inject
    WonDeals won;

    @Inject
    QualifiedLeads qualified;

    @Inject
    GroupProgress groups;

    @Inject
    MeterRegistry metrics;

    @Inject
    RedisDataSource redis;

    @Inject
    LivesOfRedis lives;

    private final CompanyId company = Companies.make("marks").company();

    @Test
    void the_mark_follows_what_is_finished_and_never_passes_what_is_not() {
        DealWon waiting = WorkIT.deal();
        won.postpone(waiting.deal(), 1_000);
        append(WorkIT.deal());
        EventId held = append(waiting);
        DealWon later = WorkIT.deal();
        EventId done = append(later);
        await().untilAsserted(() -> assertThat(won.effectsOf(later.deal())).isEqualTo(1));
        String first = entryOf(held);

        await().untilAsserted(() -> assertThat(mark("deal.won")).isEqualTo(EntryIds.before(first)));
        assertThat(metrics.get("stream_lag").tag("stream", "deal.won").gauge().value())
                .isGreaterThanOrEqualTo(1);
        assertThat(metrics.get("stream_oldest_seconds")
                        .tag("stream", "deal.won")
                        .gauge()
                        .value())
                .isPositive();
        assertThat(metrics.get("stream_retries_total")
                        .tag("stream", "deal.won")
                        .counter()
                        .count())
                .isPositive();

        won.postpone(waiting.deal(), 0);
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(EntryIds.ORDER.compare(mark("deal.won"), entryOf(done)))
                        .isGreaterThanOrEqualTo(0));
        await().untilAsserted(() -> assertThat(metrics.get("stream_lag")
                        .tag("stream", "deal.won")
                        .gauge()
                        .value())
                .isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream_retries_total", "stream_parked_total", "stream_parking_failed_total"})
    void what_has_not_happened_yet_is_shown_as_nothing(String metric) {
        // Nothing here ever puts off or parks one of these.
        assertThat(metrics.get(metric)
                        .tag("stream", LeadQualified.TYPE)
                        .counter()
                        .count())
                .isZero();
    }

    @Test
    void a_stream_is_trimmed_behind_its_slowest_group_and_no_further() {
        lives.settle();
        List<LeadQualified> leads =
                Stream.generate(FinishedMarksIT::lead).limit(20).toList();
        List<EventId> events = new ArrayList<>();
        leads.forEach(lead -> events.add(append(lead)));
        await().untilAsserted(() -> assertThat(leads).allMatch(lead -> qualified.saw(lead.lead())));
        await().untilAsserted(() -> assertThat(EntryIds.ORDER.compare(mark("lead.qualified"), entryOf(events.get(19))))
                .isGreaterThanOrEqualTo(0));
        assertThat(lengthOf(LeadQualified.TYPE))
                .as("the back office has said nothing")
                .isGreaterThanOrEqualTo(20);

        String tenth = entryOf(events.get(10));
        int marked = Admin.get().execute("""
                UPDATE core.stream_marks SET finished_id = ?
                 WHERE stream = 'lead.qualified' AND consumer_group = 'backoffice-api' AND generation = ?
                """, tenth, lives.now());
        assertThat(marked).as("the back office was expected").isEqualTo(1);

        await().untilAsserted(() -> assertThat(lengthOf(LeadQualified.TYPE))
                .as("trimmed to %s of %s, behind %s", tenth, entries(), marks(LeadQualified.TYPE))
                .isEqualTo(10));
        String oldest = redis.stream(String.class)
                .xrange(Streams.key(LeadQualified.TYPE), StreamRange.of("-", "+"), 1)
                .getFirst()
                .id();
        assertThat(oldest).isEqualTo(tenth);
    }

    @Test
    void what_a_life_that_is_over_could_not_trim_is_trimmed_in_the_next_one() {
        String key = "trimmed-" + UUID.randomUUID();
        redis.stream(String.class).xadd(key, Map.of("field", "finished"));
        Map<String, String> bound = Map.of(key, redis.stream(String.class).xadd(key, Map.of("field", "first to keep")));
        lives.settle();

        groups.trim(UUID.randomUUID(), bound);
        assertThat(redis.stream(String.class).xlen(key)).isEqualTo(2);

        groups.trim(lives.now(), bound);
        assertThat(redis.stream(String.class).xlen(key)).isEqualTo(1);
    }

    @Test
    void a_key_that_holds_no_stream_keeps_no_other_from_being_trimmed_and_is_trimmed_when_it_holds_one() {
        String key = "trimmed-" + UUID.randomUUID();
        String strange = "strange-" + UUID.randomUUID();
        redis.stream(String.class).xadd(key, Map.of("field", "finished"));
        String bound = redis.stream(String.class).xadd(key, Map.of("field", "first to keep"));
        redis.value(String.class).set(strange, "by hand");
        lives.settle();

        groups.trim(lives.now(), Map.of(key, bound, strange, bound));
        assertThat(redis.stream(String.class).xlen(key)).isEqualTo(1);

        redis.key().del(strange);
        redis.stream(String.class).xadd(strange, new XAddArgs().id("1-1"), Map.of("field", "finished"));
        groups.trim(lives.now(), Map.of(key, bound, strange, bound));
        assertThat(redis.stream(String.class).xlen(strange)).isZero();
    }

    @Test
    void what_was_written_under_load_is_done_once_although_redis_loses_everything_twice() {
        List<DealWon> deals = Stream.generate(WorkIT::deal).limit(300).toList();
        List<DealWon> slow = deals.subList(0, 15);
        slow.forEach(deal -> won.postpone(deal.deal(), 3));
        for (int index = 0; index < deals.size(); index++) {
            append(deals.get(index));
            if (index == 100 || index == 200) {
                redis.flushall();
            }
        }

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(deals)
                        .allSatisfy(
                                deal -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1)));
    }

    @Test
    void a_mark_is_written_under_no_life_but_its_own() {
        append(WorkIT.deal());
        await().untilAsserted(() -> assertThat(mark("deal.won")).isNotEqualTo(EntryIds.BEGINNING));
        UUID before = lives.now();

        redis.flushall();

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(lives.now()).isNotEqualTo(before));
        String old = markOf(before);
        DealWon deal = WorkIT.deal();
        EventId event = append(deal);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(EntryIds.ORDER.compare(mark("deal.won"), entryOf(event)))
                        .isGreaterThanOrEqualTo(0));
        assertThat(markOf(before)).isEqualTo(old);
    }

    private static LeadQualified lead() {
        return new LeadQualified(LeadId.random(), ConversationId.random(), HandoffId.random(), 80);
    }

    private EventId append(Event event) {
        return database.asCompany(company, tx -> outbox.append(tx, event));
    }

    private long lengthOf(String type) {
        return redis.stream(String.class).xlen(Streams.key(type));
    }

    private String entryOf(EventId event) {
        await().untilAsserted(() -> assertThat(Admin.get()
                        .count(
                                "SELECT count(*) FROM core.outbox_capi WHERE id = ? AND entry_id IS NOT NULL",
                                event.value()))
                .isEqualTo(1));
        return (String) Admin.get()
                .queryOne("SELECT entry_id FROM core.outbox_capi WHERE id = ?", event.value())
                .get("entry_id");
    }

    private String mark(String stream) {
        return (String) Admin.get()
                .queryOne(
                        "SELECT finished_id FROM core.stream_marks WHERE stream = ? AND consumer_group = 'capi-dispatcher'"
                                + " AND generation = ?",
                        stream,
                        lives.now())
                .get("finished_id");
    }

    private List<String> entries() {
        return redis.stream(String.class).xrange(Streams.key(LeadQualified.TYPE), StreamRange.of("-", "+")).stream()
                .map(StreamMessage::id)
                .toList();
    }

    private List<Map<String, Object>> marks(String stream) {
        return Admin.get().query("SELECT * FROM core.stream_marks WHERE stream = ? ORDER BY updated_at", stream);
    }

    private static String markOf(UUID life) {
        return (String) Admin.get()
                .queryOne(
                        "SELECT finished_id FROM core.stream_marks WHERE stream = 'deal.won' AND generation = ?", life)
                .get("finished_id");
    }
}
