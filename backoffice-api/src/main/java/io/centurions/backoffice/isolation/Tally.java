package io.centurions.backoffice.isolation;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** How often each way was tried, and what got through: {@code isolation_probe_hits_total{attack}}. */
@ApplicationScoped
class Tally {

    private final MeterRegistry meters;

    Tally(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * There from the start, so that the first hit is a rise and not a beginning, and a way that cannot be tried at
     * all is seen to stand still.
     */
    void begin(String attack) {
        count(attack, 0, 0);
    }

    void tried(String attack, int hits) {
        count(attack, 1, hits);
    }

    private void count(String attack, int attempts, int hits) {
        meters.counter("isolation_probe_attempts_total", "attack", attack).increment(attempts);
        meters.counter("isolation_probe_hits_total", "attack", attack).increment(hits);
    }
}
