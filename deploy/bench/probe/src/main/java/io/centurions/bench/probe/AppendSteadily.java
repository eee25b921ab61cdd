package io.centurions.bench.probe;

import io.centurions.contracts.channel.Channel;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.ConversationId;
import io.centurions.contracts.id.EventId;
import io.centurions.contracts.id.InstanceId;
import io.centurions.contracts.id.ReplyId;
import io.centurions.contracts.message.ReplyPurpose;
import io.centurions.contracts.message.ReplyRequested;
import io.centurions.platform.outbox.EventJson;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.outbox.Relay;
import io.centurions.platform.tenancy.Database;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The producer: an event a transaction at fixed moments, whatever became of the ones before. Runs once, at the start: a series of
 * events that somebody waits for, then one of those that go out with what is committed until then.
 */
@ApplicationScoped
class AppendSteadily {

    private static final Logger LOG = Logger.getLogger(AppendSteadily.class);
    private static final int CONVERSATIONS = 500;
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration UNTIL_CONSUMED = Duration.ofSeconds(10);
    private static final double NANOS = 1e9;
    // As intake and delivery do it: events are rows that a function returned.
    private static final String APPEND_ROWS = "SELECT core.append_events_evolution_v1($1::text::jsonb)";
    private static final String ROW = """
            [{"id": "%s", "company_id": "%s", "type": "%s", "subject": "%s", "occurred_at": "%s", "payload": %s}]""";

    private final ProbeConfig config;
    private final Database database;
    private final Outbox outbox;
    private final Relay relay;
    private final Waits waits;

    AppendSteadily(ProbeConfig config, Database database, Outbox outbox, Relay relay, Waits waits) {
        this.config = config;
        this.database = database;
        this.outbox = outbox;
        this.relay = relay;
        this.waits = waits;
    }

    void start(@Observes StartupEvent started) {
        Thread.ofPlatform().daemon().name("append-steadily").start(this::run);
    }

    private void run() {
        write(series(this::append), config.result());
        write(series(this::appendSoon), config.resultSoon());
    }

    private List<Future<EventId>> series(Function<ConversationId, EventId> append) {
        List<ConversationId> conversations = new ArrayList<>();
        for (int n = 0; n < CONVERSATIONS; n++) {
            conversations.add(ConversationId.random());
        }
        int count = (int)
                (config.perSecond() * (config.warm().plus(config.measured()).toNanos() / NANOS));
        List<Future<EventId>> sent = new ArrayList<>(count);
        int expected = waits.startedSoFar() + count;
        long first = System.nanoTime() + FIRST.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < count; n++) {
                waitUntil(first + Math.round(n * NANOS / config.perSecond()));
                ConversationId conversation = conversations.get(n % CONVERSATIONS);
                sent.add(threads.submit(() -> append.apply(conversation)));
            }
        }
        long end = System.nanoTime() + UNTIL_CONSUMED.toNanos();
        while (waits.startedSoFar() < expected && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return sent;
    }

    private EventId append(ConversationId conversation) {
        AtomicLong at = new AtomicLong();
        EventId id = database.asCompany(CompanyId.of(config.company()), tx -> {
            // Registered first, so it runs right after the commit, before the relay is woken.
            tx.afterCommit(() -> at.set(System.nanoTime()));
            return outbox.append(tx, reply(conversation));
        });
        waits.committed(id, at.get());
        return id;
    }

    private EventId appendSoon(ConversationId conversation) {
        EventId id = EventId.random();
        ReplyRequested event = reply(conversation);
        database.call(
                APPEND_ROWS,
                ROW.formatted(
                        id.value(),
                        config.company(),
                        event.type(),
                        event.subject().value(),
                        Instant.now(),
                        EventJson.write(event)));
        waits.committed(id, System.nanoTime());
        relay.wakeSoon();
        return id;
    }

    private static ReplyRequested reply(ConversationId conversation) {
        return new ReplyRequested(
                ReplyId.random(), conversation, InstanceId.random(), Channel.WHATSAPP, ReplyPurpose.ANSWER, 1);
    }

    private static void waitUntil(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void write(List<Future<EventId>> sent, String to) {
        List<String> lines = new ArrayList<>();
        for (Future<EventId> one : sent) {
            lines.add(Long.toString(waited(one)));
        }
        Path result = Path.of(to);
        Path partial = result.resolveSibling(result.getFileName() + ".partial");
        try {
            Files.write(partial, lines);
            Files.move(partial, result, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + result, e);
        }
    }

    private long waited(Future<EventId> one) {
        try {
            return waits.of(one.get());
        } catch (ExecutionException e) {
            LOG.warnf("an event was not stored: %s", e.getCause());
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
