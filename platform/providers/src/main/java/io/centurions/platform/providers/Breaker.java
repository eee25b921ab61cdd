package io.centurions.platform.providers;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** Lets nothing through for a while after too many failed calls, then one call, and by its end decides. */
final class Breaker {

    /** Also while one call is being tried: nobody knows when it ends. */
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);

    private final TypedGuard<Object> guard;
    private final Duration rest;
    private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;
    private volatile long openedAt;

    Breaker(ProvidersConfig.Limits limits, BiConsumer<CircuitBreakerState, CircuitBreakerState> changed) {
        rest = limits.rest();
        guard = TypedGuard.create(Object.class)
                .withCircuitBreaker()
                .failOn(Failed.class)
                .requestVolumeThreshold(limits.window())
                .failureRatio(limits.failureRatio())
                .delay(rest.toMillis(), ChronoUnit.MILLIS)
                .onStateChange(now -> {
                    openedAt = System.nanoTime();
                    CircuitBreakerState before = state;
                    state = now;
                    changed.accept(before, now);
                })
                .done()
                .build();
    }

    CircuitBreakerState state() {
        return state;
    }

    boolean isOpen() {
        return state == CircuitBreakerState.OPEN;
    }

    /** How long a caller that is not let through waits at least. */
    Duration left(long now) {
        Duration left = isOpen() ? rest.minusNanos(now - openedAt) : Duration.ZERO;
        return left.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : left;
    }

    /** @throws CircuitBreakerOpenException when the call was not made */
    <T> T call(Supplier<T> call, Predicate<T> failed) {
        // What comes back is exactly what the call gave, in the guard's only type.
        @SuppressWarnings("unchecked")
        T value = (T) value(call, failed);
        return value;
    }

    private <T> Object value(Supplier<T> call, Predicate<T> failed) {
        // The guard takes an interruption for its own: it is kept from it and given back to the caller.
        var interrupted = new AtomicBoolean(Thread.interrupted());
        try {
            return guard.call(() -> {
                T value = interruptibly(call, interrupted);
                if (failed.test(value)) {
                    throw new Failed(value);
                }
                return value;
            });
        } catch (Failed counted) {
            return counted.value;
        } catch (RuntimeException asItWas) {
            throw asItWas;
        } catch (Exception impossible) {
            throw new IllegalStateException("a guarded call threw what it cannot throw", impossible);
        } finally {
            if (interrupted.get()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T> T interruptibly(Supplier<T> call, AtomicBoolean interrupted) {
        if (interrupted.get()) {
            Thread.currentThread().interrupt();
        }
        try {
            return call.get();
        } finally {
            interrupted.set(Thread.interrupted());
        }
    }

    /** Tells the guard of a failure, which it knows only as an exception. */
    private static final class Failed extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Object value;

        Failed(Object value) {
            super(null, null, false, false);
            this.value = value;
        }
    }
}
