package io.centurions.platform.streams;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Event;
import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Groups;
import io.centurions.contracts.Streams;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.outbox.RedisAnswer;
import io.centurions.platform.tenancy.ShutdownDeadline;
import io.quarkus.arc.All;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.redis.datasource.stream.XReadArgs;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Reads the streams that this service listens to from where they are now, without a group, and tells its listeners. While one of their
 * keys holds something else it hears none of them; what passes until the relays have mended it is missed.
 */
@ApplicationScoped
class BroadcastLoop {

    private static final Logger LOG = Logger.getLogger(BroadcastLoop.class);
    private static final int BATCH = 100;
    private static final Duration BLOCK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final ReactiveRedisDataSource blocking;
    private final Map<String, List<BroadcastListener<?>>> byKey = new TreeMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Thread loop;

    BroadcastLoop(
            @RedisClientName("blocking") ReactiveRedisDataSource blockingRedis,
            @All List<BroadcastListener<?>> listeners,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.blocking = blockingRedis;
        for (BroadcastListener<?> listener : listeners) {
            String type = EventTypes.typeOf(listener.event());
            if (!Groups.broadcast(type).contains(service)) {
                throw new IllegalStateException(service + " is no listener of " + type + " in the registry");
            }
            byKey.computeIfAbsent(Streams.key(type), none -> new ArrayList<>()).add(listener);
        }
    }

    void start(@Observes StartupEvent started) {
        if (!byKey.isEmpty()) {
            loop = Thread.ofVirtual().name("broadcast-loop").start(this::listenUntilStopped);
        }
    }

    void close(@Observes @Priority(8) ShutdownEvent stopping) {
        stopped.countDown();
    }

    void stop(@Observes @Priority(16) ShutdownEvent stopping) throws InterruptedException {
        stopped.countDown();
        if (loop != null) {
            loop.join(ShutdownDeadline.atMost(Duration.ofMillis(1500)));
        }
    }

    private void listenUntilStopped() {
        Map<String, String> heardUpTo = Map.of();
        while (stopped.getCount() > 0) {
            try {
                if (heardUpTo.isEmpty()) {
                    heardUpTo = now();
                }
                listen(heardUpTo);
            } catch (RuntimeException | Error e) {
                // Begun again from what is there by then; what passes meanwhile is missed, as is said.
                heardUpTo = Map.of();
                LOG.warnf("listening waits: %s", e.toString());
                pause();
            }
        }
    }

    private Map<String, String> now() {
        Map<String, String> last = new TreeMap<>();
        for (String key : byKey.keySet()) {
            List<StreamMessage<String, String, String>> newest = RedisAnswer.of(
                    blocking,
                    connection -> connection.stream(String.class).xrevrange(key, StreamRange.of("-", "+"), 1),
                    PATIENCE);
            last.put(
                    key,
                    newest.isEmpty() ? EntryIds.BEGINNING : newest.getFirst().id());
        }
        return last;
    }

    private void listen(Map<String, String> heardUpTo) {
        List<StreamMessage<String, String, String>> messages = RedisAnswer.of(
                blocking,
                connection -> connection.stream(String.class)
                        .xread(heardUpTo, new XReadArgs().count(BATCH).block(BLOCK)),
                PATIENCE);
        if (messages == null) {
            return;
        }
        for (var message : messages) {
            heardUpTo.put(message.key(), message.id());
            byKey.get(message.key()).forEach(listener -> tell(listener, message));
        }
    }

    private <E extends Event> void tell(BroadcastListener<E> listener, StreamMessage<String, String, String> message) {
        Map<String, String> fields = message.payload();
        if (fields.containsKey(Streams.ONLY)) {
            return;
        }
        try {
            Envelope envelope = EventJson.read(String.valueOf(fields.get(Streams.ENVELOPE)), Envelope.class);
            if (EventTypes.recordOf(envelope.type(), envelope.version()).isPresent()) {
                E event = EventJson.read(String.valueOf(fields.get(Streams.PAYLOAD)), listener.event());
                listener.heard(new Received<>(envelope, event));
            }
        } catch (RuntimeException e) {
            LOG.warnf(e, "a listener of %s failed on %s", message.key(), message.id());
        }
    }

    private void pause() {
        try {
            stopped.await(AFTER_TROUBLE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped.countDown();
        }
    }
}
