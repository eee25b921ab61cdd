package io.centurions.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.centurions.platform.problem.Problem;
import org.junit.jupiter.api.Test;

class LargeBodiesTest {

    private static final long MIB = 1024 * 1024;

    private final LargeBodies bodies = new LargeBodies(192 * MIB);

    @Test
    void a_second_body_of_the_largest_kind_is_asked_to_come_again_and_fits_after_the_first() {
        int first = bodies.borrow(32 * MIB);

        assertThatThrownBy(() -> bodies.borrow(32 * MIB))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(503));
        bodies.giveBack(first);

        assertThat(bodies.borrow(32 * MIB)).isEqualTo(first);
    }

    @Test
    void a_small_body_never_waits_for_the_large_ones() {
        bodies.borrow(32 * MIB);
        bodies.borrow(16 * MIB);

        assertThat(bodies.borrow(200 * 1024)).isZero();
    }
}
