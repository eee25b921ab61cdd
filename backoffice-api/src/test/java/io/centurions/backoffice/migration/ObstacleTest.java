package io.centurions.backoffice.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ObstacleTest {

    @Test
    void a_locked_table_and_a_slow_step_pass_a_broken_step_does_not() {
        assertThat(Obstacle.of(refused("55P03"), "step 3").passing()).isTrue();
        assertThat(Obstacle.of(refused("57014"), "step 3").passing()).isTrue();
        assertThat(Obstacle.of(refused("40P01"), "step 3").passing()).isTrue();
        assertThat(Obstacle.of(refused("42P07"), "step 3").passing()).isFalse();
    }

    @Test
    void the_reason_begins_with_the_step() {
        assertThat(Obstacle.of(refused("42P07"), "step 3 (notes)").reason()).isEqualTo("step 3 (notes): refused");
    }

    @Test
    void a_database_that_is_away_is_not_the_companys_fault() {
        assertThat(Obstacle.isBusy(new IOException("reset"))).isFalse();
        assertThat(Obstacle.isBusy(refused("57P01"))).isFalse();
        assertThat(Obstacle.isBusy(null)).isFalse();
    }

    private static PgException refused(String state) {
        return new PgException("refused", "ERROR", state, null);
    }
}
