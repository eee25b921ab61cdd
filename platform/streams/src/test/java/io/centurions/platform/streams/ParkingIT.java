package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Streams;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.testkit.Admin;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is in an entry, it ends parked or handled and never comes again for ever, on a real PostgreSQL and a real Redis. */
@QuarkusTest
@WithPostgresAndRedis
class ParkingIT {

    private static final String KEY = Streams.key(DealWon.TYPE);

    @Inject
    WonDeals won;

    @Inject
    RedisDataSource redis;

    @Inject
    MeterRegistry metrics;

    private final CompanyId company = Companies.make("parking").company();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "type",
                "version",
                "company",
                "subject",
                "seq",
                "occurredAt",
                "correlationId",
                "causationId",
                "traceparent",
                "producer",
                "replay"
            })
    void an_entry_with_a_nul_in_a_field_of_its_envelope_is_kept_as_text(String field) {
        Map<String, Object> envelope = hopeless();
        envelope.put(field, "a\0b");
        Map<String, String> fields = fields(EventJson.write(envelope), "{}");

        String entry = add(fields);

        assertThat(keptText(parked(fields))).isEqualTo(fields);
        assertAcknowledged(entry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"a\\u0000b\"}",
                "{\"text\":\"a\\ud800b\"}",
                "{\"text\":\"a\\udc00\\ud800b\"}",
                "{\"number\":1e200000}",
                "{} and more",
                "no JSON",
                "NUL in the open",
                ""
            })
    void a_payload_that_postgresql_cannot_hold_is_kept_as_text_under_its_event(String payload) {
        Map<String, Object> envelope = hopeless();
        Map<String, String> fields = fields(EventJson.write(envelope), payload.replace("NUL", "\0"));

        String entry = add(fields);

        var parked = parked(fields);
        assertThat(keptText(parked)).isEqualTo(fields);
        assertThat(parked.get("company_id")).isEqualTo(company.value());
        assertThat(parked.get("event_id")).hasToString((String) envelope.get("id"));
        assertThat((String) parked.get("reason")).startsWith("unknown version; kept as text (22");
        assertAcknowledged(entry);
    }

    @Test
    void a_payload_that_is_not_what_its_event_demands_is_parked_with_words_about_it() {
        Instant longAgo = Instant.now().minus(Patience.OLDEST).minusSeconds(60);
        String envelope = Replica.fields(WorkIT.deal(), company, 1, longAgo).get(Streams.ENVELOPE);
        Map<String, String> fields = fields(envelope, "{\"text\":\"a\\u0000b\"}");

        String entry = add(fields);

        assertThat((String) parked(fields).get("reason"))
                .isEqualTo("the payload cannot be read as DealWon: deal is missing; kept as text (22P05)");
        assertAcknowledged(entry);
    }

    @Test
    void an_event_whose_handler_fails_is_parked_with_words_about_where() {
        DealWon deal = WorkIT.deal();
        won.failOn(deal.deal());
        Instant longAgo = Instant.now().minus(Patience.OLDEST).minusSeconds(60);
        Map<String, String> fields = Replica.fields(deal, company, 1, longAgo);

        String entry = add(fields);

        assertThat((String) parked(fields).get("reason"))
                .isEqualTo("handling it failed in WonDeals: an unexpected IllegalStateException; the log says more"
                        + " under its event_id");
        assertAcknowledged(entry);
    }

    @Test
    void half_a_surrogate_pair_in_the_envelope_is_kept_and_not_replaced() {
        Map<String, Object> envelope = hopeless();
        envelope.put("producer", "half");
        Map<String, String> fields = fields(EventJson.write(envelope).replace("half", "\\ud83d"), "{}");

        String entry = add(fields);

        assertThat(keptText(parked(fields))).isEqualTo(fields);
        assertAcknowledged(entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {Streams.ENVELOPE, Streams.PAYLOAD, "another"})
    void bytes_that_are_no_text_are_parked(String field) {
        Map<String, String> texts = fields(EventJson.write(hopeless()), "{}");
        Map<String, byte[]> fields = new LinkedHashMap<>();
        texts.forEach((name, text) -> fields.put(name, text.getBytes(StandardCharsets.UTF_8)));
        fields.put(field, new byte[] {(byte) 0xff, 0, (byte) 0x80, (byte) 0xed, (byte) 0xa0, (byte) 0x80});

        String entry = redis.stream(String.class, String.class, byte[].class).xadd(KEY, fields);

        parked(texts);
        assertAcknowledged(entry);
    }

    @Test
    void a_field_of_a_mebibyte_is_kept_whole() {
        String large = "x".repeat(1 << 20);
        Map<String, Object> envelope = hopeless();
        envelope.put("producer", large);
        Map<String, String> fields = fields(EventJson.write(envelope), "{}");

        String entry = add(fields);

        assertThat((String) parked(fields).get("envelope")).contains(large);
        assertAcknowledged(entry);
    }

    @Test
    void a_mebibyte_that_is_no_envelope_is_kept_whole() {
        Map<String, String> fields = fields("x".repeat(1 << 20), "{}");

        String entry = add(fields);

        assertThat(keptText(parked(fields))).isEqualTo(fields);
        assertAcknowledged(entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "00-zz", "00-NUL", ""})
    void an_event_is_handled_whatever_trace_it_claims(String traceparent) {
        DealWon deal = WorkIT.deal();
        Map<String, Object> envelope = envelope(Replica.fields(deal, company));
        envelope.put("traceparent", traceparent.replace("NUL", "\0"));

        String entry = add(fields(EventJson.write(envelope), EventJson.write(deal)));

        await().untilAsserted(() -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1));
        assertAcknowledged(entry);
    }

    @Test
    void a_fact_from_the_future_is_no_younger_than_its_entry() {
        Map<String, Object> envelope = hopeless();
        envelope.put("occurredAt", Instant.now().plus(Duration.ofDays(400)).toString());
        Map<String, String> fields = fields(EventJson.write(envelope), "{}");

        String entry = add(fields);

        parked(fields);
        assertAcknowledged(entry);
    }

    @Test
    void what_cannot_even_be_parked_is_counted_and_parks_once_the_cause_is_mended() {
        DealWon deal = WorkIT.deal();
        won.refuse(deal.deal());
        Admin.get()
                .execute("ALTER TABLE core.parked_events_capi ADD CONSTRAINT not_now CHECK (company_id <> '"
                        + company.value() + "') NOT VALID");
        try {
            redis.stream(String.class).xadd(KEY, Replica.fields(deal, company));

            await().untilAsserted(() -> assertThat(parkingFailures()).isGreaterThanOrEqualTo(1));
            assertThat(refused()).isZero();
        } finally {
            Admin.get().execute("ALTER TABLE core.parked_events_capi DROP CONSTRAINT not_now");
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(refused()).isEqualTo(1));
    }

    /** Of a version that nobody knows, and old: parked with its first try. */
    private Map<String, Object> hopeless() {
        Instant longAgo = Instant.now().minus(Duration.ofHours(2));
        return envelope(Replica.fields(WorkIT.deal(), company, 99, longAgo));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> envelope(Map<String, String> fields) {
        return EventJson.read(fields.get(Streams.ENVELOPE), LinkedHashMap.class);
    }

    private static Map<String, String> fields(String envelope, String payload) {
        return Map.of(
                Streams.ENVELOPE,
                envelope,
                Streams.PAYLOAD,
                payload,
                "mark",
                UUID.randomUUID().toString());
    }

    private String add(Map<String, String> fields) {
        return redis.stream(String.class).xadd(KEY, fields);
    }

    /** The only row that the test's company has or that kept these fields. */
    private Map<String, Object> parked(Map<String, String> fields) {
        await().untilAsserted(
                        () -> assertThat(rows("SELECT id", fields)).as("parked").hasSize(1));
        return rows("SELECT reason, company_id, event_id, raw, envelope::text AS envelope", fields)
                .getFirst();
    }

    private List<Map<String, Object>> rows(String select, Map<String, String> fields) {
        return Admin.get()
                .query(
                        select + " FROM core.parked_events_capi WHERE company_id = ? OR raw LIKE ?",
                        company.value(),
                        "%" + fields.get("mark") + "%");
    }

    private static Map<?, ?> keptText(Map<String, Object> parked) {
        return EventJson.read((String) parked.get("raw"), Map.class);
    }

    private void assertAcknowledged(String entry) {
        await().untilAsserted(() -> assertThat(
                        redis.stream(String.class).xpending(KEY, Replica.GROUP, StreamRange.of(entry, entry), 1))
                .isEmpty());
    }

    private double parkingFailures() {
        return metrics.counter("stream_parking_failed_total", "stream", DealWon.TYPE)
                .count();
    }

    private long refused() {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.parked_events_capi WHERE company_id = ? AND reason = ?",
                        company.value(),
                        "refused by the test");
    }
}
