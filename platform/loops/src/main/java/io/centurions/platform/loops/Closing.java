package io.centurions.platform.loops;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells pieces of work that their replica is ending: what can be handed over is handed over. Begins once, never ends. */
public final class Closing {

    private final CountDownLatch begun = new CountDownLatch(1);

    /** Everybody who waits on this goes on at once. */
    public void begin() {
        begun.countDown();
    }

    /** True from the first {@link #begin} on. */
    public boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /** Waits, but not into the end of the replica. @return true when it is ending */
    public boolean beginsWithin(Duration wait) throws InterruptedException {
        return begun.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
