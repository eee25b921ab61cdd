package io.centurions.platform.providers;

import io.centurions.platform.providers.Guarded.Done;
import io.centurions.platform.providers.Guarded.Held;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** The way of one company to one provider: its own places, its share of everybody's, its breaker. */
final class Line {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Slots own;
    private final Slots everybodys;
    private final Breaker breaker;
    private final long longestWait;
    private volatile long usedAt = System.nanoTime();

    Line(
            ProvidersConfig.Limits limits,
            Slots everybodys,
            BiConsumer<CircuitBreakerState, CircuitBreakerState> changed) {
        this.own = new Slots(limits.atOncePerCompany(), limits.waitingPerCompany());
        this.everybodys = everybodys;
        this.breaker = new Breaker(limits, changed);
        this.longestWait = limits.longestWait().toNanos();
    }

    <T> Guarded<T> run(Supplier<T> call, Predicate<T> failed) {
        long began = System.nanoTime();
        if (breaker.isOpen()) {
            return resting();
        }
        if (!own.enter(longestWait)) {
            return new Held<>("company_full", SOON);
        }
        try {
            // The company's places first, so that one company never holds everybody's while it waits for its own.
            if (!everybodys.enter(longestWait - (System.nanoTime() - began))) {
                return new Held<>("provider_full", SOON);
            }
            try {
                return new Done<>(breaker.call(call, failed));
            } catch (CircuitBreakerOpenException open) {
                return resting();
            } finally {
                everybodys.leave();
            }
        } finally {
            own.leave();
            used();
        }
    }

    CircuitBreakerState state() {
        return breaker.state();
    }

    Line used() {
        usedAt = System.nanoTime();
        return this;
    }

    /** True when forgetting it would change nothing for anybody. */
    boolean isIdle(Duration since) {
        return System.nanoTime() - usedAt > since.toNanos() && own.isEmpty() && !breaker.isOpen();
    }

    private <T> Held<T> resting() {
        return new Held<>("breaker_open", breaker.left(System.nanoTime()));
    }
}
