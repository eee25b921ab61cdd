package io.centurions.evolution.media;

import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Which files are wanted, and how each one ended. */
@ApplicationScoped
class MediaFileRepository {

    private static final int SWEPT_AT_ONCE = 50;
    private static final Duration LOOKED_BACK = Duration.ofDays(1);

    /** Served by the primary key: the ids carry the time, so the day's messages are one range of it. */
    private static final String LEFT_BEHIND = """
            SELECT m.id, m.conversation_id, m.kind, m.provider_message_id, m.created_at, c.instance_id
              FROM core.messages m
              JOIN core.conversations c ON c.company_id = m.company_id AND c.id = m.conversation_id
             WHERE m.company_id = $1 AND m.id > $2 AND m.created_at < $3::timestamptz
               AND m.direction = 'in' AND m.media ->> 'state' = 'pending' AND c.channel = 'whatsapp'
               AND NOT EXISTS (SELECT FROM core.media d
                                WHERE d.company_id = m.company_id AND d.message_id = m.id AND d.state <> 'waiting')
             ORDER BY m.id
             LIMIT $4
            """;

    /** The first to end a file wins; a second fetch of the same file changes nothing and announces nothing. */
    private static final String ENDED = """
            INSERT INTO core.media (company_id, message_id, state, mime_type, bytes, sha256, location, failure, stored_at)
            VALUES ($1, $2, $3, $4::text, $5::bigint, $6::bytea, $7::text, $8::text, CASE WHEN $3 = 'stored' THEN clock_timestamp() END)
                ON CONFLICT (company_id, message_id) DO UPDATE
               SET state = excluded.state, mime_type = excluded.mime_type, bytes = excluded.bytes, sha256 = excluded.sha256,
                   location = excluded.location, failure = excluded.failure, stored_at = excluded.stored_at
             WHERE media.state = 'waiting'
            """;

    private static final String KEEP = """
            INSERT INTO core.media_files (company_id, message_id, content) VALUES ($1, $2, $3)
                ON CONFLICT (company_id, message_id) DO NOTHING
            """;

    private final Database database;

    MediaFileRepository(Database database) {
        this.database = database;
    }

    /** A file without an end, and since when. */
    record LeftBehind(WantedFile file, Instant since) {}

    List<LeftBehind> leftBehind(CompanyId company, Instant now, Duration leftBehindAfter) {
        return database.asCompany(
                company,
                tx -> tx
                        .query(
                                LEFT_BEHIND,
                                company.value(),
                                firstIdAfter(now.minus(LOOKED_BACK)),
                                now.minus(leftBehindAfter).atOffset(ZoneOffset.UTC),
                                SWEPT_AT_ONCE)
                        .stream()
                        .map(row -> leftBehind(company, row))
                        .toList());
    }

    boolean stored(Tx tx, WantedFile file, String mime, byte[] content, byte[] sha256) {
        boolean first = ended(tx, file, "stored", mime, content.length, sha256, "core.media_files", null);
        if (first) {
            tx.execute(KEEP, tx.company().value(), file.message(), Buffer.buffer(content));
        }
        return first;
    }

    boolean failed(Tx tx, WantedFile file, String reason) {
        return ended(tx, file, "failed", null, null, null, null, reason);
    }

    private static boolean ended(
            Tx tx,
            WantedFile file,
            String state,
            String mime,
            Integer bytes,
            byte[] sha256,
            String location,
            String failure) {
        return tx.execute(
                        ENDED,
                        tx.company().value(),
                        file.message(),
                        state,
                        mime,
                        bytes == null ? null : bytes.longValue(),
                        sha256 == null ? null : Buffer.buffer(sha256),
                        location,
                        failure)
                > 0;
    }

    private static LeftBehind leftBehind(CompanyId company, Row row) {
        WantedFile file = new WantedFile(
                company,
                row.getUUID("instance_id"),
                row.getUUID("id"),
                row.getUUID("conversation_id"),
                row.getString("provider_message_id"),
                row.getString("kind"),
                null);
        return new LeftBehind(file, row.getOffsetDateTime("created_at").toInstant());
    }

    // The first 48 bits of a UUIDv7 are its milliseconds.
    private static UUID firstIdAfter(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16, 0L);
    }
}
