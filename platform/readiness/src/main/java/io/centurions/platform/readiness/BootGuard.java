package io.centurions.platform.readiness;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Not ready while one company could see another's: as a superuser, as an owner, as somebody who bypasses
 * row-level security or may become one who does, or with a table that is not protected. Names the doors, the
 * gravest twenty of them, and counts the named ones in {@code isolation_open_doors}.
 *
 * <p>Looks when readiness is asked, because an operator may open a door while we run: each time while one is
 * open, otherwise at most every {@code centurions.guard.again}. A look that the database does not answer makes us
 * not ready as well. The figure is that of the last look that it answered; there is none before the first.
 *
 * <p>Not promised: that no work is done. The load balancer sends us nothing new, but our loops, jobs and
 * consumers go on, and a request that comes past it is answered. To stop us is for an operator.
 */
@Readiness
@ApplicationScoped
class BootGuard implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(BootGuard.class);

    private final OpenDoors doors;
    private final Duration again;
    // Of the monotonic clock; null until all were found closed, and from then on while they are.
    private volatile Long closedAt;
    private volatile double lastFound = Double.NaN;

    BootGuard(
            OpenDoors doors,
            @ConfigProperty(name = "centurions.guard.again", defaultValue = "5m") Duration again,
            MeterRegistry meters) {
        this.doors = doors;
        this.again = again;
        meters.gauge("isolation_open_doors", this, guard -> guard.lastFound);
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("isolation");
        if (closedLately()) {
            return response.up().build();
        }
        try {
            List<String> open = doors.find();
            lastFound = open.size();
            closedAt = open.isEmpty() ? System.nanoTime() : null;
            if (open.isEmpty()) {
                return response.up().build();
            }
            LOG.errorf("not ready, companies are not kept apart: %s; runbook isolation", String.join("; ", open));
            return response.down().withData("open", String.join("; ", open)).build();
        } catch (DatabaseUnavailable e) {
            // The database's own check tells why.
            return response.down()
                    .withData("open", "not known, the database does not answer")
                    .build();
        }
    }

    private boolean closedLately() {
        Long at = closedAt;
        return at != null && System.nanoTime() - at < again.toNanos();
    }
}
