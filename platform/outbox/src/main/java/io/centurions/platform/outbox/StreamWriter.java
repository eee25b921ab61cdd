package io.centurions.platform.outbox;

import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Groups;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Writes a batch of rows to their streams, all on one connection without waiting in between, and says what became of each. */
@ApplicationScoped
class StreamWriter {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    // A stream that no group works on is only listened to; nothing else bounds it.
    private static final String LISTENED_LENGTH = "10000";
    private static final Set<String> NOBODY_WORKS_ON = EventTypes.all().stream()
            .map(EventTypes.Entry::type)
            .filter(type -> Groups.working(type).isEmpty())
            .collect(Collectors.toUnmodifiableSet());

    // Never there: writing nothing to it makes nothing, yet a full Redis refuses it as it refuses an entry.
    private static final String[] WRITES_NOTHING = {"centurions:room", "0", ""};

    private final ReactiveRedisDataSource redis;
    private final String producer;

    StreamWriter(ReactiveRedisDataSource redis, @ConfigProperty(name = "quarkus.application.name") String producer) {
        this.redis = redis;
        this.producer = producer;
    }

    /** What became of one row. */
    sealed interface Fate {

        /** Redis has it, under this entry id. */
        record Written(String entry) implements Fate {}

        /** It can be no entry, now or later: a bug. */
        record Unwritable(RuntimeException cause) implements Fate {}

        /** Redis refuses this one, whatever else it takes. */
        record Refused(String reply) implements Fate {}

        /** Redis is at its {@code maxmemory} and evicts nothing. */
        record Full() implements Fate {}

        /** No answer, or none that says anything about this row. */
        record Away(String why) implements Fate {}
    }

    /** The fates in the order of the rows. */
    List<Fate> write(List<Row> rows) {
        var fates = new AtomicReferenceArray<Fate>(rows.size());
        Fate rest = new Fate.Away("no answer in " + PATIENCE);
        try {
            RedisAnswer.of(redis, connection -> addAll(connection, rows, fates), PATIENCE);
        } catch (RuntimeException e) {
            rest = new Fate.Away(e.toString());
        }
        List<Fate> complete = new ArrayList<>(rows.size());
        for (int index = 0; index < rows.size(); index++) {
            Fate fate = fates.get(index);
            complete.add(fate == null ? rest : fate);
        }
        return complete;
    }

    /** Whether Redis would take an entry now; leaves nothing there. Throws nothing. */
    boolean hasRoom() {
        try {
            RedisAnswer.of(redis, connection -> connection.execute(Command.SETRANGE, WRITES_NOTHING), PATIENCE);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Uni<Void> addAll(ReactiveRedisDataSource connection, List<Row> rows, AtomicReferenceArray<Fate> fates) {
        List<Uni<Void>> replies = new ArrayList<>(rows.size());
        for (int index = 0; index < rows.size(); index++) {
            int place = index;
            replies.add(add(connection, rows.get(index))
                    .invoke(fate -> fates.set(place, fate))
                    .replaceWithVoid());
        }
        return Uni.join().all(replies).andCollectFailures().replaceWithVoid();
    }

    private Uni<Fate> add(ReactiveRedisDataSource connection, Row row) {
        String[] arguments;
        try {
            arguments = arguments(row);
        } catch (RuntimeException e) {
            return Uni.createFrom().item(new Fate.Unwritable(e));
        }
        return connection
                .execute(Command.XADD, arguments)
                .<Fate>map(id -> new Fate.Written(id.toString()))
                .onFailure()
                .recoverWithItem(StreamWriter::refusal);
    }

    private String[] arguments(Row row) {
        List<String> arguments = new ArrayList<>(10);
        arguments.add(StreamEntry.key(row));
        if (NOBODY_WORKS_ON.contains(row.getString("type"))) {
            arguments.addAll(List.of("MAXLEN", "~", LISTENED_LENGTH));
        }
        arguments.add("*");
        Map<String, String> entry = StreamEntry.of(row, producer);
        entry.forEach((field, value) -> {
            arguments.add(field);
            arguments.add(value);
        });
        return arguments.toArray(String[]::new);
    }

    static Fate refusal(Throwable failure) {
        String reply = String.valueOf(failure.getMessage());
        if (reply.startsWith("OOM")) {
            return new Fate.Full();
        }
        // Everything else that Redis says (LOADING, READONLY, MISCONF …) is about itself and passes.
        return reply.startsWith("WRONGTYPE") || reply.startsWith("ERR ")
                ? new Fate.Refused(reply)
                : new Fate.Away(failure.toString());
    }
}
