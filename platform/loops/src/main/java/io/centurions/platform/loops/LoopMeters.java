package io.centurions.platform.loops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicInteger;

/** What a loop does, in numbers: claimed, running and how many may be, failed, and how long a look for work takes. */
final class LoopMeters {

    private final AtomicInteger running = new AtomicInteger();
    private final Counter claimed;
    private final Counter failedClaims;
    private final Counter failedPieces;
    private final Timer claims;

    LoopMeters(MeterRegistry meters, String loop, Room room) {
        claimed = meters.counter("loop_claimed_total", "loop", loop);
        failedClaims = meters.counter("loop_failures_total", "loop", loop, "what", "claim");
        failedPieces = meters.counter("loop_failures_total", "loop", loop, "what", "piece");
        claims = meters.timer("loop_claim_seconds", "loop", loop);
        Gauge.builder("loop_running", running, AtomicInteger::get)
                .tag("loop", loop)
                .strongReference(true)
                .register(meters);
        Gauge.builder("loop_places", room, Room::places)
                .tag("loop", loop)
                .strongReference(true)
                .register(meters);
    }

    <T> Claim<T> claimed(java.util.function.Supplier<Claim<T>> claim) {
        Claim<T> brought = claims.record(claim);
        claimed.increment(brought.pieces().size());
        return brought;
    }

    int running() {
        return running.get();
    }

    void claimFailed() {
        failedClaims.increment();
    }

    void began() {
        running.incrementAndGet();
    }

    void ended(boolean failed) {
        running.decrementAndGet();
        if (failed) {
            failedPieces.increment();
        }
    }
}
