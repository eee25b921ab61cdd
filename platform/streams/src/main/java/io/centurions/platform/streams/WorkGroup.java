package io.centurions.platform.streams;

import io.centurions.platform.outbox.RedisAnswer;
import io.centurions.platform.outbox.RedisLife;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.XReadGroupArgs;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * This service's consumer group on each of its streams, as Redis keeps it: made at 0 so that nothing written before the
 * first start is missed, read and acknowledged in batches. Blocks the calling virtual thread.
 */
@ApplicationScoped
class WorkGroup {

    private static final int BATCH = 100;
    private static final Duration BLOCK = Duration.ofSeconds(1);
    // A reply must not hang the loop when Redis freezes: a little more than the longest block.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ReactiveRedisDataSource redis;
    private final ReactiveRedisDataSource blocking;
    private final String group;
    private final StreamsConfig config;
    private final String consumer = ConsumerName.unique();

    WorkGroup(
            ReactiveRedisDataSource redis,
            @RedisClientName("blocking") ReactiveRedisDataSource blockingRedis,
            @ConfigProperty(name = "quarkus.application.name") String service,
            StreamsConfig config) {
        this.redis = redis;
        this.blocking = blockingRedis;
        this.group = service;
        this.config = config;
    }

    String name() {
        return group;
    }

    /** What this replica is called in the group. */
    String consumer() {
        return consumer;
    }

    /**
     * Makes the group on each stream where it is missing, also in a full Redis; the stream too.
     *
     * @return those that can be read: not a key that holds something else, or whose stream was lost, which would hold up all others
     */
    List<String> create(List<String> keys) {
        return keys.stream().filter(this::create).toList();
    }

    private boolean create(String key) {
        try {
            run(GroupScripts.CREATE, List.of(key, RedisLife.KEY), group, EntryIds.BEGINNING);
        } catch (RuntimeException e) {
            if (holdsNoStream(e) || isLost(e)) {
                return false;
            }
            if (!String.valueOf(e.getMessage()).contains("BUSYGROUP")) {
                throw e;
            }
        }
        return true;
    }

    /** Whether Redis refused because something else stands where a stream should be. */
    static boolean holdsNoStream(RuntimeException refusal) {
        return String.valueOf(refusal.getMessage()).contains("WRONGTYPE");
    }

    private static boolean isLost(RuntimeException refusal) {
        return String.valueOf(refusal.getMessage()).startsWith("LOST");
    }

    /** Whether Redis refused because the group, or its stream, is not there. */
    static boolean hasNoGroup(RuntimeException refusal) {
        String reply = String.valueOf(refusal.getMessage());
        return reply.contains("NOGROUP") || reply.contains("no such key");
    }

    /** New entries of all streams; waits about a second for the first. */
    List<Entry> read(List<String> keys) {
        Map<String, String> from = new TreeMap<>();
        keys.forEach(key -> from.put(key, ">"));
        List<StreamMessage<String, String, String>> messages = RedisAnswer.of(
                blocking,
                connection -> connection.stream(String.class)
                        .xreadgroup(
                                group,
                                consumer,
                                from,
                                new XReadGroupArgs().count(BATCH).block(BLOCK)),
                PATIENCE);
        List<Entry> entries = new ArrayList<>();
        if (messages != null) {
            messages.forEach(message -> entries.add(new Entry(message.key(), message.id(), message.payload())));
        }
        return entries;
    }

    /** One step through the entries whose consumer has not touched them for {@link StreamsConfig#deadAfter}: they are ours now. */
    Claimed claim(String key, String cursor) {
        Response answer = ask(connection -> connection.execute(
                Command.XAUTOCLAIM,
                key,
                group,
                consumer,
                String.valueOf(config.deadAfter().toMillis()),
                cursor,
                "COUNT",
                String.valueOf(BATCH)));
        List<Entry> entries = new ArrayList<>();
        boolean deleted = false;
        Response claimed = answer.get(1);
        for (int index = 0; index < claimed.size(); index++) {
            Response entry = claimed.get(index);
            if (entry == null || entry.size() < 2 || entry.get(1) == null) {
                deleted = true;
            } else {
                entries.add(new Entry(key, entry.get(0).toString(), fields(entry.get(1))));
            }
        }
        if (deleted) {
            run(GroupScripts.BURY, key, group);
        }
        return new Claimed(answer.get(0).toString(), entries);
    }

    /** A step of a claim; the next one begins at the cursor, the last one ends with {@link EntryIds#BEGINNING}. */
    record Claimed(String cursor, List<Entry> entries) {}

    void acknowledge(String key, List<String> ids) {
        ask(connection -> connection.stream(String.class).xack(key, group, ids.toArray(String[]::new)));
    }

    /**
     * Tells the group that these entries of one stream are still in our hands, so that nobody takes them for a dead
     * consumer's.
     *
     * @return the ids that are not ours any more: Redis lost them, or another replica took us for dead
     */
    Set<String> keep(String key, List<String> ids) {
        return touch(key, ids, Duration.ZERO, 0);
    }

    /**
     * Has the group remember that handling an entry has failed once more.
     *
     * @return all its failures; empty when it is not ours any more
     */
    Optional<Failures> failed(Entry entry, Instant now) {
        String second = String.valueOf(Failures.second(entry, now));
        long count = run(
                        GroupScripts.FAILED,
                        entry.key(),
                        group,
                        consumer,
                        entry.id(),
                        second,
                        String.valueOf(Failures.SECOND))
                .toLong();
        return count == 0 ? Optional.empty() : Optional.of(Failures.of(entry, count));
    }

    /** Gives entries of one stream to whoever looks for those of the dead next; that claim is no failed try. */
    void handOver(String key, List<String> ids) {
        touch(key, ids, config.deadAfter(), Failures.SECOND);
    }

    /** Leaves an entry to a claim that comes when it has waited as long as a dead consumer's; nor is that one. */
    void letGo(Entry entry) {
        touch(entry.key(), List.of(entry.id()), Duration.ZERO, Failures.SECOND);
    }

    /** Takes our name out of the group where nothing is pending under it. */
    void leave(String key) {
        run(GroupScripts.LEAVE, key, group, consumer);
    }

    /** Takes names out of the group whose consumers are gone and left nothing behind. */
    void forgetTheGone(String key) {
        run(
                GroupScripts.FORGET,
                key,
                group,
                consumer,
                String.valueOf(config.forgetAfter().toMillis()));
    }

    private Set<String> touch(String key, List<String> ids, Duration idle, long givenUp) {
        List<String> arguments =
                new ArrayList<>(List.of(group, consumer, String.valueOf(idle.toMillis()), String.valueOf(givenUp)));
        arguments.addAll(ids);
        Response gone = run(GroupScripts.TOUCH, key, arguments.toArray(String[]::new));
        Set<String> lost = new HashSet<>();
        for (int index = 0; index < gone.size(); index++) {
            lost.add(gone.get(index).toString());
        }
        return lost;
    }

    private Response run(String script, String key, String... arguments) {
        return run(script, List.of(key), arguments);
    }

    private Response run(String script, List<String> keys, String... arguments) {
        List<String> all = new ArrayList<>(List.of(script, String.valueOf(keys.size())));
        all.addAll(keys);
        all.addAll(List.of(arguments));
        return ask(connection -> connection.execute(Command.EVAL, all.toArray(String[]::new)));
    }

    private static Map<String, String> fields(Response flat) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int index = 0; index + 1 < flat.size(); index += 2) {
            fields.put(flat.get(index).toString(), flat.get(index + 1).toString());
        }
        return fields;
    }

    private <T> T ask(Function<ReactiveRedisDataSource, Uni<T>> question) {
        return RedisAnswer.of(redis, question, PATIENCE);
    }
}
