package io.centurions.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LifeWatchTest {

    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final CompletableFuture<RedisLife.Seen> answer = new CompletableFuture<>();

    @Test
    void what_waits_is_measured_also_while_redis_says_nothing() {
        LifeWatch watch = new LifeWatch(rows(), frozen(), metrics);

        watch.watch(() -> {});

        await().untilAsserted(() -> assertThat(gauge("outbox_unpublished")).isEqualTo(107));
        assertThat(gauge("outbox_refused")).isEqualTo(2);
        assertThat(gauge("outbox_oldest_seconds")).isGreaterThanOrEqualTo(45);
        watch.stop();
        answer.cancel(true);
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    private RedisLife frozen() {
        return new RedisLife(null) {
            @Override
            Seen look() {
                return answer.join();
            }
        };
    }

    private static OutboxRows rows() {
        return new OutboxRows(null, "backoffice") {
            @Override
            Backlog backlog() {
                return new Backlog(107, OffsetDateTime.now().minusSeconds(45), 2);
            }
        };
    }
}
