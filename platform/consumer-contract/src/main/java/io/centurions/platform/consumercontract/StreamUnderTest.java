package io.centurions.platform.consumercontract;

import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Streams;
import io.centurions.platform.testkit.Admin;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.redis.datasource.stream.XPendingArgs;
import io.vertx.mutiny.redis.client.Response;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.core.ConditionFactory;

/** The real streams, seen from one service's group: puts events in and sees how each entry ended. */
final class StreamUnderTest {

    private final RedisDataSource redis;
    private final String group;
    private final String parkedTable;

    StreamUnderTest(RedisDataSource redis, String group, String suffix) {
        this.redis = redis;
        this.group = group;
        this.parkedTable = "core.parked_events_" + suffix;
    }

    /** @return the entry's id */
    String bring(GoldenEvent event) {
        return redis.stream(String.class)
                .xadd(
                        Streams.key(event.type()),
                        Map.of(Streams.ENVELOPE, event.envelopeJson(), Streams.PAYLOAD, event.payloadJson()));
    }

    /** Waits until the group has acknowledged it: done or parked. */
    void awaitSettled(GoldenEvent event, String entry) {
        patiently().alias(event.type() + " " + entry + " is settled").until(() -> settled(event.type(), entry));
    }

    /** Waits until the group has it, and sees that it keeps it for a while. */
    void awaitPending(GoldenEvent event, String entry) {
        patiently()
                .alias(event.type() + " " + entry + " waits")
                .during(Duration.ofMillis(500))
                .until(() -> pending(event.type(), entry));
    }

    static ConditionFactory patiently() {
        return await().pollInterval(Duration.ofMillis(20)).atMost(Duration.ofSeconds(30));
    }

    private boolean settled(String type, String entry) {
        return read(type, entry) && !pending(type, entry);
    }

    private boolean pending(String type, String entry) {
        return !redis.stream(String.class)
                .xpending(Streams.key(type), group, StreamRange.of(entry, entry), 1, new XPendingArgs())
                .isEmpty();
    }

    /** Why the event was parked, once for each time. */
    List<String> parked(UUID event) {
        return Admin.get().query("SELECT reason FROM " + parkedTable + " WHERE event_id = ?", event).stream()
                .map(row -> (String) row.get("reason"))
                .toList();
    }

    /** When the event was given up. */
    Instant parkedAt(UUID event) {
        var at = (Timestamp) Admin.get()
                .queryOne("SELECT parked_at FROM " + parkedTable + " WHERE event_id = ?", event)
                .get("parked_at");
        return at.toInstant();
    }

    private boolean read(String type, String entry) {
        for (Response info : redis.execute("XINFO", "GROUPS", Streams.key(type))) {
            if (info.get("name").toString().equals(group)) {
                return compare(info.get("last-delivered-id").toString(), entry) >= 0;
            }
        }
        return false;
    }

    private static int compare(String one, String other) {
        String[] ones = one.split("-");
        String[] others = other.split("-");
        int byTime = Long.compare(Long.parseLong(ones[0]), Long.parseLong(others[0]));
        return byTime != 0 ? byTime : Long.compare(Long.parseLong(ones[1]), Long.parseLong(others[1]));
    }
}
