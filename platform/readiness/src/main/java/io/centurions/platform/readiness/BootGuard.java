package io.centurions.platform.readiness;

import io.centurions.platform.tenancy.DatabaseUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * No work is taken while one company could see another's: as a superuser, as an owner, as somebody who
 * bypasses row-level security or may become one who does, or with a table that is not protected. Names every
 * such door. Looks again now and then, because an operator may open one while we run.
 */
@Readiness
@ApplicationScoped
class BootGuard implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(BootGuard.class);

    private final OpenDoors doors;
    private final Duration again;
    // Of the monotonic clock; null until all were found closed, and from then on while they are.
    private volatile Long closedAt;

    BootGuard(OpenDoors doors, @ConfigProperty(name = "centurions.guard.again", defaultValue = "5m") Duration again) {
        this.doors = doors;
        this.again = again;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("isolation");
        if (closedLately()) {
            return response.up().build();
        }
        try {
            List<String> open = doors.find();
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
