package io.centurions.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.centurions.contracts.id.CompanyId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeldUpTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final HeldUp heldUp = new HeldUp(nanos::get);
    private final CompanyId company = CompanyId.random();

    @Test
    void a_company_goes_apart_for_ten_seconds_after_the_last_time() {
        heldUp.add(company);
        pass(9);
        assertThat(heldUp.contains(company)).isTrue();

        heldUp.add(company);
        pass(9);
        assertThat(heldUp.contains(company)).isTrue();
        pass(1);
        assertThat(heldUp.contains(company)).isFalse();
    }

    @Test
    void others_and_what_is_nobodys_do_not() {
        heldUp.add(company);
        heldUp.add(null);

        assertThat(heldUp.contains(CompanyId.random())).isFalse();
        assertThat(heldUp.contains(null)).isFalse();
    }

    @Test
    void what_holds_up_many_is_no_row_of_theirs() {
        heldUp.add(company);
        for (int other = 0; other < 3; other++) {
            heldUp.add(CompanyId.random());
        }
        assertThat(heldUp.contains(company)).isTrue();

        heldUp.add(CompanyId.random());

        assertThat(heldUp.contains(company)).isFalse();
        assertThat(heldUp.contains(CompanyId.random())).isFalse();
    }

    @Test
    void two_of_a_company_may_wait_for_a_row_and_each_place_is_given_again() throws InterruptedException {
        for (int round = 0; round < 3; round++) {
            assertThat(heldUp.enter(company, Duration.ZERO)).isTrue();
            assertThat(heldUp.enter(company, Duration.ZERO)).isTrue();
            assertThat(heldUp.enter(company, Duration.ofMillis(1))).isFalse();
            assertThat(heldUp.enter(CompanyId.random(), Duration.ZERO)).isTrue();

            heldUp.leave(company);
            assertThat(heldUp.enter(company, Duration.ZERO)).isTrue();
            heldUp.leave(company);
            heldUp.leave(company);
        }
    }

    @Test
    void what_is_nobodys_needs_no_place() throws InterruptedException {
        for (int one = 0; one < 3; one++) {
            assertThat(heldUp.enter(null, Duration.ZERO)).isTrue();
        }
        heldUp.leave(null);
    }

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
