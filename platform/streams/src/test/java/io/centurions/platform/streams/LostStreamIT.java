package io.centurions.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.centurions.contracts.Streams;
import io.centurions.contracts.deal.DealWon;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.outbox.RedisLife;
import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.Companies;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody takes one stream away, with its groups and all that they had not finished; Redis itself goes on. */
@QuarkusTest
@WithPostgresAndRedis
class LostStreamIT {

    private static final String KEY = Streams.key(DealWon.TYPE);

    @Inject
    Database database;

    @Inject
    Outbox outbox;

    @Inject
    WonDeals won;

    @Inject
    RedisDataSource redis;

    @Inject
    WorkGroup group;

    @Inject
    GroupProgress progress;

    @Inject
    LivesOfRedis lives;

    private final CompanyId company = Companies.make("streams").company();
    private final List<DealWon> waiting =
            Stream.generate(WorkIT::deal).limit(20).toList();

    @BeforeEach
    void notFinished() {
        redis.key().del(RedisLife.MENDED);
        lives.settle();
        waiting.forEach(deal -> won.postpone(deal.deal(), 3));
        waiting.forEach(deal -> database.runAsCompany(company, tx -> outbox.append(tx, deal)));
        await().untilAsserted(() -> assertThat(waiting).allMatch(deal -> won.callsOf(deal.deal()) > 0));
        await().untilAsserted(() -> assertThat(redis.value(String.class).get(RedisLife.KNOWN + KEY))
                .isEqualTo(lives.now().toString()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_it_held_comes_again_and_is_done_once(boolean overwritten) {
        redis.withTransaction(byHand -> {
            if (overwritten) {
                byHand.value(String.class).set(KEY, "by hand");
            }
            byHand.key().del(KEY);
        });

        awaitAllOnce();
    }

    @Test
    void one_loss_ends_one_life() {
        UUID before = lives.now();

        redis.key().del(KEY);
        await().untilAsserted(() -> assertThat(lives.now()).isNotNull().isNotEqualTo(before));
        UUID after = lives.now();
        redis.key().del(RedisLife.MENDED);

        awaitAllOnce();
        assertThat(lives.now()).isEqualTo(after);
        assertThat(redis.key().exists(RedisLife.MENDED)).isFalse();
    }

    @Test
    void nothing_is_read_of_a_new_one_until_the_life_may_end() {
        UUID life = lives.now();
        redis.value(String.class).setex(RedisLife.MENDED, 60, "");

        redis.key().del(KEY);
        DealWon next = WorkIT.deal();
        database.runAsCompany(company, tx -> outbox.append(tx, next));
        await().untilAsserted(() -> assertThat(redis.key().exists(KEY)).isTrue());

        assertThat(group.create(List.of(KEY))).isEmpty();
        assertThat(lives.now()).isEqualTo(life);
        assertThat(won.callsOf(next.deal())).isZero();
        redis.key().del(RedisLife.MENDED);
        awaitAllOnce();
        await().untilAsserted(() -> assertThat(won.effectsOf(next.deal())).isEqualTo(1));
    }

    @Test
    void a_group_that_was_set_beyond_the_end_reads_on_and_is_not_taken_to_have_finished() {
        UUID life = lives.now();
        redis.value(String.class).setex(RedisLife.MENDED, 60, "");

        redis.stream(String.class).xgroupSetId(KEY, group.name(), "9999999999999-0");
        DealWon next = WorkIT.deal();
        database.runAsCompany(company, tx -> outbox.append(tx, next));

        assertThat(progress.look(List.of(KEY)).orElseThrow().streams()).isEmpty();
        assertThat(lives.now()).isEqualTo(life);
        redis.key().del(RedisLife.MENDED);
        awaitAllOnce();
        await().untilAsserted(() -> assertThat(won.effectsOf(next.deal())).isEqualTo(1));
        assertThat(lives.now()).isNotEqualTo(life);
        assertThat(progress.look(List.of(KEY)).orElseThrow().streams()).hasSize(1);
    }

    private void awaitAllOnce() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(waiting)
                        .allSatisfy(
                                deal -> assertThat(won.effectsOf(deal.deal())).isEqualTo(1)));
    }
}
