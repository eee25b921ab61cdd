package io.centurions.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisSeenTest {

    private final UUID life = UUID.randomUUID();
    private final AtomicBoolean away = new AtomicBoolean(true);
    private final AtomicInteger looks = new AtomicInteger();
    private final LifeWatch lives = new LifeWatch(rows(), redis(), new SimpleMeterRegistry());
    private final RedisSeen seen = new RedisSeen(lives);

    @AfterEach
    void stop() {
        lives.stop();
    }

    @Test
    void a_redis_that_never_answered_is_waited_for_and_one_that_went_away_is_not() {
        lives.watch(() -> {});
        await().until(() -> looks.get() > 0);
        assertThat(seen.call().getStatus()).isEqualTo(Status.DOWN);

        away.set(false);
        await().untilAsserted(() -> assertThat(seen.call().getStatus()).isEqualTo(Status.UP));

        away.set(true);
        int before = looks.get();
        await().until(() -> looks.get() > before + 1);
        assertThat(seen.call().getStatus()).isEqualTo(Status.UP);
    }

    private static OutboxRows rows() {
        return new OutboxRows(null, "backoffice") {
            @Override
            void expect(UUID life, String groupsByType) {}

            @Override
            int unpublish(UUID life, int limit) {
                return 0;
            }

            @Override
            Backlog backlog() {
                return new Backlog(0, null, 0);
            }
        };
    }

    private RedisLife redis() {
        return new RedisLife(null) {
            @Override
            Seen look() {
                looks.incrementAndGet();
                if (away.get()) {
                    throw new IllegalStateException("Redis is away, told so by the test");
                }
                return new Seen(life, List.of(), false);
            }
        };
    }
}
