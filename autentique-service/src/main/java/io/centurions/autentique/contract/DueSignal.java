package io.centurions.autentique.contract;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells the loop that a contract has become due in this process. Only a hint: whoever misses it finds the contract by
 * looking from time to time.
 */
@ApplicationScoped
public class DueSignal {

    private final Semaphore rung = new Semaphore(0);

    /** To be called after the commit that made something due. */
    public void ring() {
        rung.release();
    }

    /** Returns at the next ring, or after the wait. Rings that came meanwhile count as one. */
    public void await(Duration longest) throws InterruptedException {
        if (rung.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            rung.drainPermits();
        }
    }
}
