package io.centurions.platform.providers;

import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/**
 * Repeats an exchange that is safe to repeat: twice at most, after a growing wait with jitter, within the request's own limit. What
 * the provider asked us to wait for, and what we kept back ourselves, is not repeated here but told to the caller.
 */
final class Repeat {

    private static final int REPEATS_MOST = 2;
    private static final Duration FIRST_WAIT = Duration.ofMillis(150);
    private static final Duration JITTER = Duration.ofMillis(100);
    /** With less than this left, another try would only be cut off. */
    private static final Duration LEAST_TRY = Duration.ofMillis(500);

    private final TypedGuard<Exchange> retry = TypedGuard.create(Exchange.class)
            .withRetry()
            .maxRetries(REPEATS_MOST)
            .delay(FIRST_WAIT.toMillis(), ChronoUnit.MILLIS)
            .jitter(JITTER.toMillis(), ChronoUnit.MILLIS)
            .withExponentialBackoff()
            .done()
            .retryOn(Again.class)
            .done()
            .build();

    Exchange exchange(Request request, Function<Duration, Exchange> once) {
        long began = System.nanoTime();
        try {
            return retry.call(() -> {
                Exchange end = once.apply(left(request, began));
                if (mayMend(request, end) && left(request, began).compareTo(LEAST_TRY) > 0) {
                    throw new Again(end);
                }
                return end;
            });
        } catch (Again last) {
            return last.end;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Exchange.Lost("interrupted");
        } catch (RuntimeException asItWas) {
            throw asItWas;
        } catch (Exception impossible) {
            throw new IllegalStateException("an exchange threw what it cannot throw", impossible);
        }
    }

    private static boolean mayMend(Request request, Exchange end) {
        return switch (end) {
            case Exchange.Answered answered ->
                request.trouble().test(answered) && answered.retryAfter().isZero();
            case Exchange.NotSent notSent -> notSent.tried();
            case Exchange.Lost lost -> request.showsTrouble(lost, request.limit());
        };
    }

    private static Duration left(Request request, long began) {
        return request.patience().minusNanos(System.nanoTime() - began);
    }

    /** Tells the guard to try again, which it knows only as an exception. */
    private static final class Again extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Exchange end;

        Again(Exchange end) {
            super(null, null, false, false);
            this.end = end;
        }
    }
}
