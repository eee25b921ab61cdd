package io.centurions.evolution.sweep;

import io.centurions.contracts.id.CompanyId;
import io.centurions.evolution.media.FetchMedia;
import io.centurions.evolution.media.WantedFile;
import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.LookBack;
import io.centurions.platform.jobs.OwnedJob;
import io.centurions.platform.jobs.Sweeper;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Files of messages that nobody has fetched: their replica died between the webhook and the fetch, had no place in time, or the
 * server was away. Looked for over the last hour, now and then over the last day.
 */
@ApplicationScoped
class MediaLeftBehind implements OwnedJob {

    private static final int FOUND_MOST = 50;
    private static final String LEFT_BEHIND =
            "SELECT * FROM core.media_left_behind_v2($1, $2::text::interval, $3::text::interval)";

    private final Database database;
    private final Sweeper sweeper;
    private final FetchMedia fetch;
    private final SweepConfig config;
    private final LookBack back = new LookBack(Duration.ofHours(1), FetchMedia.LOOKED_FOR);

    MediaLeftBehind(Database database, Sweeper sweeper, FetchMedia fetch, SweepConfig config) {
        this.database = database;
        this.sweeper = sweeper;
        this.fetch = fetch;
        this.config = config;
    }

    @Override
    public String name() {
        return "sweep-media";
    }

    @Override
    public Duration every() {
        return config.every();
    }

    @Override
    public void run(Lease lease) {
        var found =
                database.call(LEFT_BEHIND, FOUND_MOST, fetch.leftBehindAfter().toString(), back.next());
        // One at a time, because each is only begun here.
        sweeper.mend(lease, "media-left-behind", found, 1, this::fetch);
    }

    private void fetch(Row row) {
        var file = new WantedFile(
                CompanyId.of(row.getUUID("company_id")),
                row.getUUID("instance_id"),
                row.getUUID("message_id"),
                row.getUUID("conversation_id"),
                row.getString("provider_message_id"),
                row.getString("kind"),
                row.getLong("bytes"),
                null);
        fetch.leftBehind(file, row.getOffsetDateTime("since").toInstant());
    }
}
