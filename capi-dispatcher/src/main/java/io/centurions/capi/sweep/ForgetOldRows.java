package io.centurions.capi.sweep;

import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OldRows;
import io.centurions.platform.jobs.OwnedJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Forgets tries and, much later, the conversions themselves. */
@ApplicationScoped
class ForgetOldRows implements OwnedJob {

    private final OldRows old;

    ForgetOldRows(OldRows old) {
        this.old = old;
    }

    @Override
    public String name() {
        return "forget-old-rows";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run(Lease lease) {
        old.forget(lease, "core.forget_dispatch_attempts_v1");
        old.forget(lease, "core.forget_conversions_v1");
    }
}
