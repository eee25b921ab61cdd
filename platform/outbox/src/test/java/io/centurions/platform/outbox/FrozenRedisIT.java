package io.centurions.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.outbox.StreamWriter.Fate;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.sqlclient.Row;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A Redis that takes connections and says nothing, and a connection from which nothing comes any more. */
@QuarkusTest
@WithPostgresAndRedis
class FrozenRedisIT {

    private static final int ASKERS = 40;
    private static final Pattern CLIENTS = Pattern.compile("connected_clients:(\\d+)");

    @Inject
    StreamWriter streams;

    @Inject
    ReactiveRedisDataSource reactive;

    @Inject
    RedisDataSource redis;

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "quarkus.redis.max-pool-size")
    int poolSize;

    private final CompanyId company = Companies.make("frozen").company();

    @Test
    void who_gave_up_waiting_for_a_frozen_redis_keeps_no_connection_and_writes_nothing_later() throws Exception {
        List<Fate> fates = new CopyOnWriteArrayList<>();
        // Longer than anybody waits for an answer.
        redis.execute("CLIENT", "PAUSE", "6000");
        List<Thread> askers = new ArrayList<>();
        for (int asker = 0; asker < ASKERS; asker++) {
            askers.add(Thread.ofVirtual().start(() -> fates.addAll(streams.write(List.of(row())))));
        }
        for (Thread asker : askers) {
            asker.join();
        }
        assertThat(fates).hasSize(ASKERS).hasOnlyElementsOfType(Fate.Away.class);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(streams.write(List.of(row()))).hasOnlyElementsOfType(Fate.Written.class));

        assertThat(Published.entries(redis, DealWon.TYPE, company))
                .as("those that had their connection before, and the last one")
                .hasSizeLessThanOrEqualTo(poolSize + 1);
        await().untilAsserted(() -> assertThat(pool("active")).isBetween(0.0, (double) poolSize));
        assertThat(pool("idle")).isNotNegative();
        await().untilAsserted(() -> assertThat(pool("queue.size")).isZero());
    }

    @Test
    void a_connection_that_hangs_is_closed_and_whoever_waits_for_it_is_told() {
        CompletableFuture<Response> hanging =
                reactive.execute("BLPOP", "frozen:nobody-pushes", "0").subscribeAsCompletionStage();

        await().atMost(Duration.ofSeconds(13)).until(hanging::isDone);

        assertThat(hanging).isCompletedExceptionally();
    }

    @Test
    void what_nobody_uses_is_closed_before_it_could_be_taken_for_one_that_hangs() {
        List<CompletableFuture<Response>> burst = new ArrayList<>();
        for (int asker = 0; asker < poolSize; asker++) {
            burst.add(reactive.execute("BLPOP", "frozen:nobody-pushes", "0.5")
                    .subscribeAsCompletionStage()
                    .orTimeout(10, TimeUnit.SECONDS));
        }
        burst.forEach(CompletableFuture::join);
        assertThat(clients()).isGreaterThanOrEqualTo(poolSize);

        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> assertThat(clients()).isLessThan(poolSize / 2));
    }

    private double pool(String what) {
        return metrics.get("redis.pool." + what).gauge().value();
    }

    private int clients() {
        Matcher count = CLIENTS.matcher(redis.execute("INFO", "clients").toString());
        assertThat(count.find()).isTrue();
        return Integer.parseInt(count.group(1));
    }

    private Row row() {
        Map<String, Object> columns = Map.of(
                "type",
                DealWon.TYPE,
                "event_id",
                UUID.randomUUID(),
                "version",
                1,
                "company_id",
                company.value(),
                "subject",
                UUID.randomUUID(),
                "seq",
                0L,
                "occurred_at",
                OffsetDateTime.now(),
                "correlation_id",
                UUID.randomUUID(),
                "payload",
                "{}",
                "replay",
                false);
        return (Row) Proxy.newProxyInstance(
                Row.class.getClassLoader(),
                new Class<?>[] {Row.class},
                (proxy, method, arguments) -> columns.get(String.valueOf(arguments[0])));
    }
}
