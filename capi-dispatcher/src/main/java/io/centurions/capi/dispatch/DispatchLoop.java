package io.centurions.capi.dispatch;

import io.centurions.platform.loops.ClaimLoop;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;

/**
 * Keeps dispatching, a few companies side by side: at once when a conversion was recorded in this process or a company has been
 * served and made room, else at each poll, which finds what other replicas recorded, what waited for its next try and what a
 * dead worker left.
 */
@ApplicationScoped
public class DispatchLoop {

    // A call to Meta may take this long; what outlives it is sent again after its lease, under the same event ids.
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final ClaimLoop<Due> loop;

    DispatchLoop(DispatchDue dispatchDue, DispatchConfig config, MeterRegistry meters) {
        this.loop = new ClaimLoop<>(
                        "conversion-dispatch",
                        config.companiesAtOnce(),
                        config.poll(),
                        dispatchDue::claim,
                        dispatchDue::serve)
                .metered(meters)
                .failingTo("runbook conversions-dispatch")
                .naming(due -> Map.of("company_id", due.company().toString()));
    }

    /** Says that a conversion is due; returns at once. */
    public void wake() {
        loop.wake();
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    void close(@Observes @Priority(8) ShutdownEvent stopping) {
        loop.close();
    }

    void stop(@Observes @Priority(40) ShutdownEvent stopping) {
        loop.stop(GRACE);
    }
}
