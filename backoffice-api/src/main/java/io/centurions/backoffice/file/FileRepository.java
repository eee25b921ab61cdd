package io.centurions.backoffice.file;

import io.centurions.platform.tenancy.Tx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows of {@code core.files}. People see those that are kept, or were and are lost. */
@ApplicationScoped
class FileRepository {

    private static final String COLUMNS =
            "id, name, purpose, type, bytes, sha256, state, version, created_at, updated_at";

    private static final String ANNOUNCE =
            "INSERT INTO core.files (company_id, id, name, purpose) VALUES ($1, $2, $3, $4)";

    // A sweep that came first has taken it away: then there is nothing to keep.
    private static final String KEEP = """
            UPDATE core.files
               SET state = 'kept', request_id = $3, type = $4, bytes = $5, sha256 = $6, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND state = 'arriving'
            """;

    // Also one that is leaving already: its turn is over, it waits for the next try.
    private static final String LEAVE_UNSETTLED = """
            UPDATE core.files
               SET state = 'leaving', updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND state IN ('arriving', 'leaving')
            """;

    private static final String LEAVE = """
            UPDATE core.files
               SET state = 'leaving', version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND id = $2 AND state IN ('kept', 'lost')
            """;

    private static final String FORGET =
            "DELETE FROM core.files WHERE company_id = $1 AND id = $2 AND state = 'leaving'";

    private static final String ONE =
            "SELECT " + COLUMNS + " FROM core.files WHERE company_id = $1 AND id = $2 AND state IN ('kept', 'lost')";

    private static final String OF_REQUEST = "SELECT " + COLUMNS
            + " FROM core.files WHERE company_id = $1 AND request_id = $2 AND state IN ('kept', 'lost')";

    private static final String PAGE = """
            SELECT %s
              FROM core.files
             WHERE company_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid) AND ($4::text IS NULL OR purpose = $4::text)
               AND state IN ('kept', 'lost')
             ORDER BY id DESC
             LIMIT $3
            """.formatted(COLUMNS);

    private static final String UNKNOWN = """
            SELECT o.id
              FROM unnest($2::uuid[]) AS o (id)
             WHERE NOT EXISTS (SELECT FROM core.files f WHERE f.company_id = $1 AND f.id = o.id)
            """;

    // Of a page of the storage's list, whose ends are ids; a row that changed lately may be ahead of the
    // list.
    private static final String LOSE = """
            UPDATE core.files
               SET state = 'lost', version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND state = 'kept' AND updated_at < clock_timestamp() - $5::text::interval
               AND ($2::uuid IS NULL OR id > $2::uuid) AND ($3::uuid IS NULL OR id <= $3::uuid)
               AND id <> ALL ($4::uuid[])
            """;

    private static final String FIND_AGAIN = """
            UPDATE core.files
               SET state = 'kept', version = version + 1, updated_at = clock_timestamp()
             WHERE company_id = $1 AND state = 'lost' AND id = ANY ($2::uuid[])
            """;

    void announce(Tx tx, UUID id, NewFile file) {
        tx.execute(ANNOUNCE, tx.company().value(), id, file.name(), file.purpose());
    }

    /**
     * @param sha256 of the whole content
     * @return false when it was given up meanwhile
     */
    boolean keep(Tx tx, UUID id, UUID request, Received content, byte[] sha256) {
        return tx.execute(
                        KEEP, tx.company().value(), id, request, content.type(), content.bytes(), Buffer.buffer(sha256))
                == 1;
    }

    /** False when it is no longer one that arrives or leaves. */
    boolean leaveUnsettled(Tx tx, UUID id) {
        return tx.execute(LEAVE_UNSETTLED, tx.company().value(), id) == 1;
    }

    void leave(Tx tx, UUID id) {
        tx.execute(LEAVE, tx.company().value(), id);
    }

    /** Once its object is gone. */
    void forget(Tx tx, UUID id) {
        tx.execute(FORGET, tx.company().value(), id);
    }

    Optional<FileView> find(Tx tx, UUID id) {
        return tx.first(ONE, tx.company().value(), id).map(FileView::of);
    }

    /** Locked, so that a file leaves once. */
    Optional<FileView> findForUpdate(Tx tx, UUID id) {
        return tx.first(ONE + " FOR UPDATE", tx.company().value(), id).map(FileView::of);
    }

    Optional<FileView> ofRequest(Tx tx, UUID request) {
        return tx.first(OF_REQUEST, tx.company().value(), request).map(FileView::of);
    }

    /** @param purpose null: any */
    List<FileView> page(Tx tx, UUID after, int limit, String purpose) {
        return tx.query(PAGE, tx.company().value(), after, limit, purpose).stream()
                .map(FileView::of)
                .toList();
    }

    /** Those of which there is no row at all. */
    List<UUID> unknown(Tx tx, UUID[] ids) {
        return tx.query(UNKNOWN, tx.company().value(), ids).stream()
                .map(row -> row.getUUID("id"))
                .toList();
    }

    /**
     * Rows between two ids that the storage has shown no object for.
     *
     * @param after   null: from the start
     * @param last    null: to the end
     * @param settled how long a row must have been left in peace
     */
    int lose(Tx tx, UUID after, UUID last, UUID[] shown, Duration settled) {
        return tx.execute(LOSE, tx.company().value(), after, last, shown, settled.toString());
    }

    int findAgain(Tx tx, UUID[] shown) {
        return tx.execute(FIND_AGAIN, tx.company().value(), shown);
    }
}
