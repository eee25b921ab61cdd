package io.centurions.runtime.sweep;

import io.centurions.platform.jobs.Lease;
import io.centurions.platform.jobs.OldRows;
import io.centurions.platform.jobs.OwnedJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Forgets what providers told long ago: marks that found no message, keys against repeats, and where old media lay. */
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
        old.forget(lease, "core.forget_expired_marks_v1");
        old.forget(lease, "core.forget_message_keys_v1");
        old.forget(lease, "core.forget_media_v1");
    }
}
