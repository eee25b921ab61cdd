package io.centurions.platform.jobs;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps the tables that every service has to their retention: outbox, consumed and parked events, raw webhooks. */
@ApplicationScoped
class CleanServiceTables implements OwnedJob {

    private final OldRows old;
    private final String function;

    CleanServiceTables(OldRows old, @ConfigProperty(name = "centurions.service") String suffix) {
        this.old = old;
        this.function = "core.clean_" + suffix + "_v1";
    }

    @Override
    public String name() {
        return "clean-service-tables";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run(Lease lease) {
        old.forget(lease, function);
    }
}
