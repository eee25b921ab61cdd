package io.centurions.platform.streams;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Event;
import io.centurions.contracts.EventTypes;
import io.centurions.contracts.Streams;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.EventId;
import io.centurions.platform.outbox.EventJson;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.XReadGroupArgs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Another replica of the same service, as far as a test needs one, and entries that nobody else reads first. */
final class Replica {

    static final String GROUP = "capi-dispatcher";

    private Replica() {}

    /** What the replica under test is configured with, but for these. */
    record Config(Duration deadAfter, Duration forgetAfter, Duration giveUpAfter) implements StreamsConfig {

        Config(Duration deadAfter, Duration forgetAfter) {
            this(deadAfter, forgetAfter, Duration.ofMinutes(5));
        }

        @Override
        public Duration claimEvery() {
            return Duration.ofMillis(200);
        }

        @Override
        public Duration markEvery() {
            return Duration.ofMillis(200);
        }

        @Override
        public Duration unknownVersionAfter() {
            return Duration.ofHours(1);
        }

        @Override
        public int waitingMax() {
            return 20;
        }
    }

    /** A consumer that ends as it is told. */
    static WorkConsumer<DealWon> consumer(Supplier<Outcome> handler) {
        return new WorkConsumer<>() {
            @Override
            public Class<DealWon> event() {
                return DealWon.class;
            }

            @Override
            public Outcome handle(Received<DealWon> received) {
                return handler.get();
            }
        };
    }

    static Map<String, String> fields(Event event, CompanyId company) {
        return fields(event, company, event.version(), Instant.now());
    }

    static Map<String, String> fields(Event event, CompanyId company, int version, Instant occurredAt) {
        Envelope envelope = new Envelope(
                EventId.random(),
                event.type(),
                version,
                company,
                event.subject().value(),
                event.seq(),
                occurredAt,
                UUID.randomUUID(),
                null,
                null,
                "backoffice-api",
                false);
        return Map.of(Streams.ENVELOPE, EventJson.write(envelope), Streams.PAYLOAD, EventJson.write(event));
    }

    /** Adds entries and has them read by a consumer, in one Redis transaction, so that nobody else reads them first. */
    static void addAndRead(RedisDataSource redis, String consumer, List<? extends Event> events, CompanyId company) {
        String key = Streams.key(EventTypes.typeOf(events.getFirst().getClass()));
        redis.withTransaction(transaction -> {
            var stream = transaction.stream(String.class);
            events.forEach(event -> stream.xadd(key, fields(event, company)));
            stream.xreadgroup(GROUP, consumer, key, ">", new XReadGroupArgs().count(events.size()));
        });
    }
}
