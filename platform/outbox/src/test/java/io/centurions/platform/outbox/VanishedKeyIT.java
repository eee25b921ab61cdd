package io.centurions.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Streams;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something that stood in a stream's place, and went away before it could be mended, has cost the stream all the same. */
@QuarkusTest
@WithPostgresAndRedis
class VanishedKeyIT {

    private static final String KEY = Streams.key(DealWon.TYPE);
    private static final int EVENTS = 3;

    @Inject
    RedisDataSource redis;

    @Inject
    ReactiveRedisDataSource reactive;

    @Inject
    RedisLife life;

    private final CompanyId company = Companies.make("vanished").company();

    @BeforeEach
    void published_and_overwritten_while_mending_rests() {
        Published.insert(company, DealWon.TYPE, EVENTS);
        await().untilAsserted(() -> assertThat(Published.unpublished(company)).isZero());
        redis.value(String.class).setex(RedisLife.MENDED, 60, "");
        redis.value(String.class).set(KEY, "by hand");
    }

    @AfterEach
    void room() {
        redis.execute("CONFIG", "SET", "maxmemory", "0");
        redis.key().del(RedisLife.MENDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void what_the_stream_held_comes_again_as_soon_as_it_may_be_mended(String maxmemory) {
        RedisLife looking = new RedisLife(reactive);
        assertThat(looking.look().strange()).containsExactly(KEY);
        redis.execute("CONFIG", "SET", "maxmemory", maxmemory);

        redis.key().del(KEY);
        RedisLife.Seen gone = looking.look();

        assertThat(gone.strange()).as("it stays lost").containsExactly(KEY);
        assertThat(gone.mended()).isFalse();
        redis.execute("CONFIG", "SET", "maxmemory", "0");
        redis.key().del(RedisLife.MENDED);
        awaitAllAgain();
        assertThat(life.look().strange()).as("nor is it taken away again").isEmpty();
    }

    @Test
    void a_new_stream_in_its_place_is_not_taken_for_the_old_one() {
        RedisLife looking = new RedisLife(reactive);
        assertThat(looking.look().strange()).containsExactly(KEY);

        redis.key().del(KEY);
        CompanyId next = Companies.make("vanished").company();
        Published.insert(next, DealWon.TYPE, 1);
        await().untilAsserted(() -> assertThat(Published.unpublished(next)).isZero());

        assertThat(looking.look().strange()).containsExactly(KEY);
        redis.key().del(RedisLife.MENDED);
        awaitAllAgain();
    }

    @Test
    void who_saw_it_before_another_mended_it_leaves_the_next_lifes_stream_alone() {
        RedisLife another = new RedisLife(reactive);
        assertThat(another.look().strange()).containsExactly(KEY);

        redis.key().del(RedisLife.MENDED);
        awaitAllAgain();

        assertThat(another.look().strange()).isEmpty();
        assertThat(Published.entries(redis, DealWon.TYPE, company)).hasSize(EVENTS);
    }

    private void awaitAllAgain() {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(redis.execute("TYPE", KEY)).hasToString("stream");
            assertThat(Published.entries(redis, DealWon.TYPE, company)).hasSize(EVENTS);
        });
    }
}
