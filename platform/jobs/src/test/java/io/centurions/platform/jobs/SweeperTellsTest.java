package io.centurions.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.platform.tenancy.ShutdownDeadline;
import io.centurions.platform.testkit.HeardLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.sqlclient.Row;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one that a sweep cannot mend is in the log. */
class SweeperTellsTest {

    private final HeardLog log = HeardLog.of(Sweeper.class);

    @AfterEach
    void end() {
        ShutdownDeadline.forget();
        log.close();
    }

    @Test
    void one_that_fails_is_an_error() {
        mend();

        assertThat(log.errors()).hasSize(1);
    }

    @Test
    void one_that_outlives_its_container_is_no_error() {
        ShutdownDeadline.begin(Duration.ZERO);

        mend();

        assertThat(log.errors()).isEmpty();
        assertThat(log.lines()).anyMatch(line -> line.contains("outlived"));
    }

    private static void mend() {
        Row left = (Row) Proxy.newProxyInstance(
                Row.class.getClassLoader(), new Class<?>[] {Row.class}, (row, method, of) -> UUID.randomUUID());
        new Sweeper(new SimpleMeterRegistry()).mend(() -> true, "test", List.of(left), 1, row -> {
            throw new IllegalStateException("the container is closed");
        });
    }
}
