package io.centurions.autentique.signing;

import io.centurions.autentique.contract.DueSignal;
import io.centurions.platform.loops.Claim;
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
 * Claims due contracts from PostgreSQL and advances them, a few at once. Everything it needs to know is in the rows:
 * what a crash interrupted is claimed again when its lease has run out, by this replica or another. What met no database
 * before the provider was asked is given back.
 */
@ApplicationScoped
class SigningLoop {

    // No new claim; what is on its way may end, and what does not is taken up by its lease.
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final DueSignal due;
    private final ClaimLoop<Held> loop;

    SigningLoop(
            SigningRepository signing,
            AdvanceContract advanceContract,
            DueSignal due,
            SigningConfig config,
            MeterRegistry meters) {
        this.due = due;
        this.loop = new ClaimLoop<>(
                        "signing",
                        config.atOnce(),
                        config.poll(),
                        most -> Claim.of(signing.claim(most, config.lease())),
                        advanceContract::advance)
                .metered(meters)
                .failingTo("runbook contracts-loop")
                .naming(held -> Map.of(
                        "company_id", held.company().toString(),
                        "contract_id", held.contract().toString()));
    }

    void start(@Observes StartupEvent started) {
        due.heardBy(loop::wake);
        loop.start();
    }

    void close(@Observes @Priority(8) ShutdownEvent stopping) {
        loop.close();
    }

    void stop(@Observes @Priority(40) ShutdownEvent stopping) {
        loop.stop(GRACE);
    }
}
