package io.centurions.evolution.delivery;

import io.centurions.platform.loops.Claim;
import io.centurions.platform.loops.ClaimLoop;
import io.centurions.platform.tenancy.Trace;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks the server again about bubbles that are unknown, for two minutes and less and less often: it may store a message well after
 * it cut our call off. What is found is accepted; what is not stays unknown, counted and listed, unless its echo comes. Nothing is
 * ever sent from here.
 */
@ApplicationScoped
class UnknownBubbles {

    private static final Logger LOG = Logger.getLogger(UnknownBubbles.class);
    private static final int AT_ONCE = 8;
    private static final Duration POLL = Duration.ofSeconds(1);
    // The next look would find it, too.
    private static final Duration LOOK_MOST = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final DeliveryRepository deliveries;
    private final FindSent findSent;
    private final MeterRegistry meters;
    private final Counter stayUnknown;
    private final ClaimLoop<Missing> loop;

    UnknownBubbles(DeliveryRepository deliveries, UnknownRepository unknown, FindSent findSent, MeterRegistry meters) {
        this.deliveries = deliveries;
        this.findSent = findSent;
        this.meters = meters;
        this.stayUnknown = meters.counter("bubble_unknown_final_total");
        this.loop = new ClaimLoop<>(
                        "unknown-bubbles",
                        AT_ONCE,
                        POLL,
                        most -> Claim.of(unknown.claimUnknown(most)),
                        missing -> Trace.run(Trace.started(null), () -> look(missing)))
                .endsBringNothing()
                .metered(meters)
                .failingTo("runbook delivery")
                .naming(missing -> Map.of(
                        "company_id", missing.of().company().toString(),
                        "conversation_id", missing.of().conversation().toString()));
    }

    void start(@Observes StartupEvent started) {
        loop.start();
    }

    void close(@Observes @Priority(8) ShutdownEvent stopped) {
        loop.close();
    }

    void stop(@Observes @Priority(20) ShutdownEvent stopped) {
        loop.stop(GRACE);
    }

    private void look(Missing missing) {
        var gateway = deliveries.gateway(missing.of());
        Optional<String> found = gateway == null
                ? Optional.<String>empty()
                : findSent.find(missing.of(), gateway, missing.text(), missing.calledAt(), LOOK_MOST);
        if (found.isPresent()
                && deliveries
                        .settle(missing.of(), missing.bubble(), Ended.accepted(found.get()))
                        .ours()) {
            meters.counter("bubble_unknown_resolved_total").increment();
            LOG.infof("an unknown bubble was found at the server message_id=%s", missing.bubble());
        } else if (missing.lastLook()) {
            stayUnknown.increment();
            LOG.warnf("a bubble stays unknown, only its echo can tell message_id=%s", missing.bubble());
        }
    }
}
