package io.centurions.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.tenancy.Database;
import io.centurions.platform.testkit.WithPostgresAndRedis;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithPostgresAndRedis
class SweeperIT {

    @Inject
    Sweeper sweeper;

    @Inject
    Database database;

    @Inject
    MeterRegistry registry;

    @Test
    void what_cannot_be_mended_does_not_hold_back_the_others_and_all_is_counted() {
        Queue<Integer> mended = new ConcurrentLinkedQueue<>();

        sweeper.mend(() -> true, "test-one-fails", rows(3), 2, row -> {
            int number = row.getInteger("n");
            if (number == 2) {
                throw new IllegalStateException("of the test");
            }
            mended.add(number);
        });

        assertThat(mended).containsExactlyInAnyOrder(1, 3);
        assertThat(registry.counter("sweep_found_total", "sweep", "test-one-fails")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void nothing_is_begun_once_the_lease_is_lost() {
        AtomicInteger asked = new AtomicInteger();
        Queue<Integer> mended = new ConcurrentLinkedQueue<>();

        sweeper.mend(
                () -> asked.incrementAndGet() <= 2, "test-lost", rows(4), 1, row -> mended.add(row.getInteger("n")));

        assertThat(mended).containsExactly(1, 2);
    }

    private List<Row> rows(int many) {
        return database.call(
                "SELECT gen_random_uuid() AS company_id, n FROM generate_series(1, $1::int) AS n ORDER BY n", many);
    }
}
