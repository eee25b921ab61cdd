package io.centurions.platform.streams;

import io.centurions.contracts.Groups;
import io.centurions.contracts.Streams;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.stream.ReactiveStreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.XGroupCreateArgs;
import io.quarkus.redis.datasource.stream.XReadGroupArgs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * This service's consumer group on each of its streams, as Redis keeps it: made at 0 so that nothing written before the
 * first start is missed, read in batches, acknowledged one by one. Blocks the calling virtual thread.
 */
@ApplicationScoped
class WorkGroup {

    private static final int BATCH = 100;
    private static final Duration BLOCK = Duration.ofSeconds(1);
    // A reply must not hang the loop when Redis freezes: a little more than the longest block.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ReactiveStreamCommands<String, String, String> commands;
    private final ReactiveStreamCommands<String, String, String> blocking;
    private final String group;
    private final Duration deadAfter;
    private final String consumer = UUID.randomUUID().toString();

    WorkGroup(
            ReactiveRedisDataSource redis,
            @RedisClientName("blocking") ReactiveRedisDataSource blockingRedis,
            @ConfigProperty(name = "quarkus.application.name") String service,
            StreamsConfig config) {
        this.deadAfter = config.deadAfter();
        this.commands = redis.stream(String.class);
        this.blocking = blockingRedis.stream(String.class);
        this.group = service;
    }

    String name() {
        return group;
    }

    /** Makes the group on each stream where it is missing; the stream too. */
    void create(List<String> types) {
        for (String type : types) {
            if (!Groups.work(type).contains(group)) {
                throw new IllegalStateException(group + " is no group of " + type + " in the registry");
            }
            try {
                commands.xgroupCreate(Streams.key(type), group, "0", new XGroupCreateArgs().mkstream())
                        .await()
                        .atMost(PATIENCE);
            } catch (RuntimeException e) {
                if (!String.valueOf(e.getMessage()).contains("BUSYGROUP")) {
                    throw e;
                }
            }
        }
    }

    /** New entries of all streams; waits about a second for the first. */
    List<Entry> read(List<String> types) {
        Map<String, String> from = new TreeMap<>();
        types.forEach(type -> from.put(Streams.key(type), ">"));
        List<StreamMessage<String, String, String>> messages = blocking.xreadgroup(
                        group, consumer, from, new XReadGroupArgs().count(BATCH).block(BLOCK))
                .await()
                .atMost(PATIENCE);
        return entries(messages);
    }

    /** Entries whose consumer has not touched them for {@link StreamsConfig#deadAfter}: it is dead, and they are ours now. */
    List<Entry> claimFromTheDead(String type) {
        var claimed = commands.xautoclaim(Streams.key(type), group, consumer, deadAfter, "0", BATCH)
                .await()
                .atMost(PATIENCE);
        return entries(claimed.getMessages());
    }

    void acknowledge(Entry entry) {
        commands.xack(entry.key(), group, entry.id()).await().atMost(PATIENCE);
    }

    /** Tells the group that the entry is still in our hands, so that nobody takes it for a dead consumer's. */
    void keep(Entry entry) {
        commands.xclaim(entry.key(), group, consumer, Duration.ZERO, entry.id())
                .await()
                .atMost(PATIENCE);
    }

    private static List<Entry> entries(List<StreamMessage<String, String, String>> messages) {
        List<Entry> entries = new ArrayList<>();
        if (messages != null) {
            for (var message : messages) {
                entries.add(new Entry(message.key(), message.id(), message.payload()));
            }
        }
        return entries;
    }

    /** One stream entry as Redis returned it. */
    record Entry(String key, String id, Map<String, String> fields) {

        String handle() {
            return key + "@" + id;
        }
    }
}
