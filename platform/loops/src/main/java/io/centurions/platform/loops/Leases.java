package io.centurions.platform.loops;

import io.centurions.platform.tenancy.ShutdownDeadline;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Leases of a replica that is ending. */
public final class Leases {

    private static final Logger LOG = Logger.getLogger(Leases.class);
    private static final Duration GIVEN_BACK_WITHIN = Duration.ofSeconds(3);

    private Leases() {}

    /**
     * Gives leases back, so that other replicas need not wait for their end. Waits a few seconds: a database that is silent takes
     * longer to fail than a stopping process has left, and then they run out by themselves.
     *
     * @param whose what is held, in the plural, for the log
     */
    public static void giveBack(String whose, Runnable release) throws InterruptedException {
        Thread giving = Thread.ofVirtual().name("give-back").start(() -> tryTo(whose, release));
        if (!giving.join(ShutdownDeadline.atMost(GIVEN_BACK_WITHIN))) {
            LOG.infof("%s are left to their leases: the database is silent", whose);
        }
    }

    private static void tryTo(String whose, Runnable release) {
        try {
            release.run();
        } catch (RuntimeException failure) {
            LOG.warnf("%s are left to their leases: %s", whose, Failures.place(failure));
        }
    }
}
