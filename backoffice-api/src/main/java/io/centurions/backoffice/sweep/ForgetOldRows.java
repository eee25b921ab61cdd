package io.centurions.backoffice.sweep;

import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OldRows;
import io.centurions.platform.jobs.OwnedJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Forgets what repeated POSTs made long ago. */
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
        old.forget(lease, "core.forget_idempotency_keys_v1");
    }
}
