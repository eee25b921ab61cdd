package io.centurions.platform.streams;

import io.centurions.contracts.Groups;
import io.centurions.contracts.Streams;
import io.centurions.platform.loops.Closing;
import io.centurions.platform.loops.Rounds;
import io.centurions.platform.tenancy.Database;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Writes to PostgreSQL, about every second, how far this service's group has come on each stream, and drops from the
 * streams what every group has finished. Every replica does so: a mark only grows, so that no owner is needed.
 */
@ApplicationScoped
class FinishedMarks {

    private static final Logger LOG = Logger.getLogger(FinishedMarks.class);
    private static final String MARK = "SELECT * FROM core.mark_streams_v1($1, $2::text::jsonb)";

    private final GroupProgress groups;
    private final Database database;
    private final Consumers consumers;
    private final StreamMetrics metrics;
    private final StreamsConfig config;
    private final Closing closing = new Closing();
    private Lateness lateness;

    FinishedMarks(
            GroupProgress groups, Database database, Consumers consumers, StreamMetrics metrics, StreamsConfig config) {
        this.groups = groups;
        this.database = database;
        this.consumers = consumers;
        this.metrics = metrics;
        this.config = config;
    }

    void start() {
        lateness = new Lateness(config, Instant.now());
        consumers.types().forEach(metrics::begin);
        Rounds.every(
                config.markEvery(),
                "stream-marks",
                closing,
                () -> groups.look(consumers.keys()).ifPresent(this::mark));
    }

    void stop() {
        closing.begin();
    }

    private void mark(Progress progress) {
        progress.streams().forEach(stream -> metrics.seen(stream.type(), stream.lag(), stream.oldest()));
        lateness.toTell(progress, Instant.now())
                .ifPresent(late -> LOG.errorf(
                        "%s: %d events are not finished, the oldest since %s; runbook stream-lag",
                        late.type(), late.lag(), late.oldest()));
        groups.trim(
                progress.life(), finishedByAll(database.call(MARK, progress.life(), progress.marks(groups.group()))));
    }

    /** By key the lowest mark of all groups that have a consumer; a stream of which one has not spoken is left out. */
    private static Map<String, String> finishedByAll(List<Row> marks) {
        Map<String, Map<String, String>> byType = new TreeMap<>();
        for (Row mark : marks) {
            byType.computeIfAbsent(mark.getString("stream"), type -> new HashMap<>())
                    .put(mark.getString("consumer_group"), mark.getString("finished_id"));
        }
        Map<String, String> bounds = new TreeMap<>();
        byType.forEach((type, byGroup) -> {
            if (byGroup.keySet().containsAll(Groups.working(type))) {
                bounds.put(
                        Streams.key(type),
                        byGroup.values().stream().min(EntryIds.ORDER).orElseThrow());
            }
        });
        return bounds;
    }
}
