package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Blocking reads hold their connections for long; one from which nothing comes at all is given up all the same. */
@QuarkusTest
@WithPostgresAndRedis
class HangingReadIT {

    @Inject
    @RedisClientName("blocking")
    ReactiveRedisDataSource blocking;

    @Test
    void a_read_that_hangs_is_ended_with_its_connection_and_one_that_waits_is_not() {
        CompletableFuture<Response> hanging = read("0");
        CompletableFuture<Response> waiting = read("5");

        await().atMost(Duration.ofSeconds(7)).until(waiting::isDone);
        assertThat(waiting).isCompletedWithValue(null);
        await().atMost(Duration.ofSeconds(13)).until(hanging::isDone);
        assertThat(hanging).isCompletedExceptionally();
    }

    private CompletableFuture<Response> read(String seconds) {
        return blocking.execute("BLPOP", "hanging:nobody-pushes", seconds).subscribeAsCompletionStage();
    }
}
