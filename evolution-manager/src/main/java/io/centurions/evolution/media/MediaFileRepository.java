package io.centurions.evolution.media;

import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;

/** How the fetching of each file ended. */
@ApplicationScoped
class MediaFileRepository {

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

    boolean stored(Tx tx, WantedFile file, String mime, Buffer content, byte[] sha256) {
        boolean first = ended(tx, file, "stored", mime, content.length(), sha256, "core.media_files", null);
        if (first) {
            tx.execute(KEEP, tx.company().value(), file.message(), content);
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
}
