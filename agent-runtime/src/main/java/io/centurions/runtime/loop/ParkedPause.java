package io.centurions.runtime.loop;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Parks the calling thread; a virtual thread costs nothing while it waits. */
@ApplicationScoped
class ParkedPause implements Pause {

    @Override
    public void forAbout(Duration wait) {
        long until = System.nanoTime() + wait.toNanos();
        // A park may return for no reason, so the time is looked at again.
        for (long left = wait.toNanos(); left > 0; left = until - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            LockSupport.parkNanos(left);
        }
    }
}
