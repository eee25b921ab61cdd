package io.centurions.backoffice;

import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Envelope;
import io.centurions.contracts.Event;
import io.centurions.contracts.Streams;
import io.centurions.contracts.id.CompanyId;
import io.centurions.contracts.id.EventId;
import io.centurions.platform.outbox.EventJson;
import io.quarkus.redis.datasource.RedisDataSource;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Brings events of other services into Redis as their relays do. */
@ApplicationScoped
public class StreamIn {

    private final RedisDataSource redis;

    StreamIn(RedisDataSource redis) {
        this.redis = redis;
    }

    /** Publishes an event; the envelope it travelled in can be published again. */
    public Envelope bring(CompanyId company, Event event, Instant occurredAt) {
        var envelope = new Envelope(
                EventId.random(),
                event.type(),
                event.version(),
                company,
                event.subject().value(),
                event.seq(),
                occurredAt,
                UUID.randomUUID(),
                null,
                null,
                "test",
                false);
        again(envelope, event);
        return envelope;
    }

    public void again(Envelope envelope, Event event) {
        redis.stream(String.class)
                .xadd(
                        Streams.key(event.type()),
                        Map.of(Streams.ENVELOPE, EventJson.write(envelope), Streams.PAYLOAD, EventJson.write(event)));
    }

    /** Waits until our group has read and acknowledged all of a stream. */
    public void handled(String type) {
        String key = Streams.key(type);
        await().atMost(Duration.ofSeconds(10)).until(() -> delivered(key).equals(newest(key)) && pending(key) == 0);
    }

    private String newest(String key) {
        return redis.execute("XINFO", "STREAM", key).get("last-generated-id").toString();
    }

    private String delivered(String key) {
        for (Response group : redis.execute("XINFO", "GROUPS", key)) {
            if (group.get("name").toString().equals("backoffice-api")) {
                return group.get("last-delivered-id").toString();
            }
        }
        return "";
    }

    private long pending(String key) {
        return redis.stream(String.class).xpending(key, "backoffice-api").getPendingCount();
    }
}
