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

    private void pass(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
