package io.centurions.platform.outbox;

import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** This service's outbox as its relay sees it: listed functions that work across companies, one round trip each. */
@ApplicationScoped
class OutboxRows {

    private final Database database;
    private final String lease;
    private final String mark;
    private final String release;
    private final String backlog;
    private final String unpublish;

    OutboxRows(Database database, @ConfigProperty(name = "centurions.service") String suffix) {
        this.database = database;
        this.lease = "SELECT * FROM core.lease_outbox_" + suffix + "_v1($1, $2::text::interval)";
        this.mark = "SELECT core.mark_outbox_" + suffix + "_v1($1, $2, $3, $4)";
        this.release = "SELECT core.release_outbox_" + suffix + "_v1($1, $2, $3::text)";
        this.backlog = "SELECT * FROM core.outbox_backlog_" + suffix + "_v1()";
        this.unpublish = "SELECT core.unpublish_outbox_" + suffix + "_v1($1, $2) AS freed";
    }

    /** Unpublished rows, oldest first, held until they are marked or released, or the lease ends. */
    List<Row> lease(int limit, Duration lease) {
        return database.call(this.lease, limit, lease.toString());
    }

    /** Says which entries Redis made of them, and in which of its lives. */
    void mark(List<Row> rows, List<String> entries, UUID life) {
        if (!rows.isEmpty()) {
            database.call(mark, companies(rows), ids(rows), entries.toArray(String[]::new), life);
        }
    }

    /** Gives rows back, so that they can be leased again at once. */
    void release(List<Row> rows) {
        if (!rows.isEmpty()) {
            database.call(release, companies(rows), ids(rows), null);
        }
    }

    /** Gives rows up: they are leased no more until an operator has looked. */
    void refuse(List<Row> rows, String reason) {
        if (!rows.isEmpty()) {
            database.call(release, companies(rows), ids(rows), reason);
        }
    }

    /** Says who reads what before anything is published in a life of Redis. */
    void expect(UUID life, String groupsByType) {
        database.call("SELECT core.expect_streams_v1($1, $2::text::jsonb)", life, groupsByType);
    }

    /** Sets rows free that an earlier life took and that not every group had finished; 0 when there are none left. */
    int unpublish(UUID life, int limit) {
        return database.call(unpublish, life, limit).getFirst().getInteger("freed");
    }

    Backlog backlog() {
        Row row = database.call(backlog).getFirst();
        return new Backlog(row.getLong("unpublished"), row.getOffsetDateTime("oldest_at"), row.getLong("refused"));
    }

    /** What waits for publication; {@code oldestAt} is null when nothing does. */
    record Backlog(long unpublished, OffsetDateTime oldestAt, long refused) {}

    private static UUID[] companies(List<Row> rows) {
        return rows.stream().map(row -> row.getUUID("company_id")).toArray(UUID[]::new);
    }

    private static UUID[] ids(List<Row> rows) {
        return rows.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new);
    }
}
