package io.centurions.platform.outbox;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Streams;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.DealId;
import io.centurions.contracts.id.LeadId;
import io.centurions.platform.testkit.Admin;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What tests of the relay look at: the rows in PostgreSQL and the entries in Redis. */
final class Published {

    private Published() {}

    static DealWon deal() {
        return new DealWon(DealId.random(), LeadId.random(), 1_000_00, "BRL", Instant.parse("2026-11-20T12:00:00Z"));
    }

    /** The entries of one company on a stream, in order. */
    static List<Map<String, String>> entries(RedisDataSource redis, String type, CompanyId company) {
        return redis.stream(String.class).xrange(Streams.carrying(type), StreamRange.of("-", "+")).stream()
                .map(StreamMessage::payload)
                .filter(fields -> envelope(fields).company().equals(company))
                .toList();
    }

    static Envelope envelope(Map<String, String> fields) {
        return EventJson.read(fields.get(Streams.ENVELOPE), Envelope.class);
    }

    static long unpublished(CompanyId company) {
        return Admin.get()
                .count(
                        "SELECT count(*) FROM core.outbox_backoffice WHERE company_id = ? AND published_at IS NULL",
                        company.value());
    }

    /** Rows as a burst of transactions would have left them. */
    static void insert(CompanyId company, String type, int rows) {
        Admin.get().execute("""
                INSERT INTO core.outbox_backoffice (company_id, id, type, subject, occurred_at, correlation_id, payload)
                SELECT ?, core.uuid7(), ?, core.uuid7(), now(), core.uuid7(), '{}' FROM generate_series(1, ?)
                """, company.value(), type, rows);
    }

    /** Says, as the consuming service would, that its group has finished everything up to an entry. */
    static void finished(String type, String group, String entry) {
        Admin.get()
                .query(
                        "SELECT core.mark_streams_v1(m.generation, jsonb_build_array(jsonb_build_object('stream', m.stream,"
                                + " 'consumer_group', m.consumer_group, 'finished_id', ?, 'pending', 0, 'lag', 0)))::text"
                                + " FROM (SELECT * FROM core.stream_marks ORDER BY updated_at DESC) m"
                                + " WHERE m.stream = ? AND m.consumer_group = ? AND m.generation = ?",
                        entry,
                        type,
                        group,
                        lastLife());
    }

    /** The life of Redis in which something was published last. */
    static UUID lastLife() {
        return (UUID) Admin.get()
                .queryOne("SELECT generation FROM core.outbox_backoffice WHERE generation IS NOT NULL"
                        + " ORDER BY published_at DESC LIMIT 1")
                .get("generation");
    }

    static String entryOf(UUID event) {
        return (String) Admin.get()
                .queryOne("SELECT entry_id FROM core.outbox_backoffice WHERE id = ?", event)
                .get("entry_id");
    }
}
