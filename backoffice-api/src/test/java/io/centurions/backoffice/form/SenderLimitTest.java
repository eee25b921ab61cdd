package io.centurions.backoffice.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.platform.problem.Problem;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.redis.client.impl.types.NumberType;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SenderLimitTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-03-01T12:00:20Z"), ZoneOffset.UTC);
    private static final UUID FORM = UUID.randomUUID();

    private final List<String> keys = new ArrayList<>();

    @Test
    void beyond_the_limit_the_rest_of_the_minute_is_waited_out() {
        var limit = limit(Uni.createFrom().item(Response.newInstance(NumberType.create(3L))));

        assertThatCode(() -> limit.check(FORM, "192.0.2.1", 3)).doesNotThrowAnyException();
        assertThatThrownBy(() -> limit.check(FORM, "192.0.2.1", 2))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.status()).isEqualTo(429));
    }

    @Test
    void without_redis_each_replica_counts_for_itself() {
        var away = limit(Uni.createFrom().failure(new IllegalStateException("connection refused")));

        assertThatCode(() -> away.check(FORM, "192.0.2.1", 1)).doesNotThrowAnyException();
        assertThatCode(() -> away.check(FORM, "192.0.2.2", 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> away.check(FORM, "192.0.2.1", 1)).isInstanceOf(Problem.class);
    }

    @Test
    void a_replica_that_counts_alone_forgets_with_the_minute_and_counts_so_many_only() {
        var alone = new CountAlone();
        for (int sender = 0; sender < 60_000; sender++) {
            alone.count("sender " + sender, 1);
        }

        assertThat(alone.count("sender 1", 1)).isEqualTo(2);
        assertThat(alone.count("sender 59999", 1)).isZero();
        assertThat(alone.count("sender 59999", 2)).isEqualTo(1);
    }

    @Test
    void a_redis_that_hangs_holds_a_lead_up_for_a_moment_only() {
        var hanging = limit(Uni.createFrom().nothing());
        long begun = System.nanoTime();

        hanging.check(FORM, "192.0.2.1", 1);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void a_network_of_version_6_is_one_sender_and_no_address_is_kept() {
        var limit = limit(Uni.createFrom().item(Response.newInstance(NumberType.create(1L))));

        limit.check(FORM, "2001:db8:1:2::1", 9);
        limit.check(FORM, "2001:db8:1:2:ffff::9", 9);
        limit.check(FORM, "2001:db8:1:3::1", 9);
        limit.check(FORM, "::ffff:192.0.2.1", 9);
        limit.check(UUID.randomUUID(), "2001:db8:1:2::1", 9);

        assertThat(keys.get(1)).isEqualTo(keys.get(0));
        assertThat(keys)
                .allMatch(key -> key.matches("centurions:form-senders:\\d+:[0-9a-f]{24}"))
                .noneMatch(key -> key.contains("20010db8") || key.contains("c0000201"));
        assertThat(keys.stream().distinct()).hasSize(4);
    }

    // Of the many calls that Redis takes, two are made here: a connection is asked for, and the question put on it.
    private SenderLimit limit(Uni<Response> answer) {
        var redis = (ReactiveRedisDataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ReactiveRedisDataSource.class}, (proxy, method, args) -> {
                    if (method.getName().equals("withConnection")) {
                        return onConnection(args[0], (ReactiveRedisDataSource) proxy);
                    }
                    keys.add(((String[]) args[1])[2]);
                    return answer;
                });
        return new SenderLimit(redis, NOW);
    }

    @SuppressWarnings("unchecked")
    private static Uni<Void> onConnection(Object question, ReactiveRedisDataSource connection) {
        return ((Function<ReactiveRedisDataSource, Uni<Void>>) question).apply(connection);
    }
}
