package io.centurions.autentique.signing;

import io.centurions.autentique.contract.DueSignal;
import io.centurions.platform.loops.Claim;
import io.centurions.platform.loops.ClaimLoop;
import io.centurions.platform.loops.Places;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Claims due contracts from PostgreSQL and advances them, a few at once. Everything it needs to know is in the rows:
 * what a crash interrupted is claimed again when its lease has run out, by this replica or another. What met no database
 * before the provider was asked is given back. A company has few of the places, so that one whose calls hang holds up
 * nobody else.
 */
@ApplicationScoped
class SigningLoop {

    // No new claim; what is on its way may end, and what does not is taken up by its lease.
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final SigningRepository signing;
    private final AdvanceContract advanceContract;
    private final DueSignal due;
    private final SigningConfig config;
    /** What this replica has in hand. Only it can tell: a lease may be that of a replica that died, and holds for minutes. */
    private final Places inHand;

    private final ClaimLoop<Held> loop;

    SigningLoop(
            SigningRepository signing,
            AdvanceContract advanceContract,
            DueSignal due,
            SigningConfig config,
            MeterRegistry meters) {
        this.signing = signing;
        this.advanceContract = advanceContract;
        this.due = due;
        this.config = config;
        this.inHand = new Places(config.atOnce(), config.atOncePerCompany());
        this.loop = new ClaimLoop<>("signing", config.atOnce(), config.poll(), this::claim, this::advance)
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

    private Claim<Held> claim(int most) {
        List<Held> claimed = signing.claim(most, config.atOncePerCompany(), inHand.taken(), config.lease());
        claimed.forEach(held -> inHand.enter(held.company()));
        return Claim.of(claimed);
    }

    private void advance(Held held) {
        try {
            advanceContract.advance(held);
        } finally {
            inHand.leave(held.company());
        }
    }
}
