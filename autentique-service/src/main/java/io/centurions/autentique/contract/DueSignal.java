package io.centurions.autentique.contract;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells the loop that a contract has become due in this process. Only a hint: whoever misses it finds the contract by
 * looking from time to time.
 */
@ApplicationScoped
public class DueSignal {

    private volatile Runnable heard = () -> {};

    /** To be called after the commit that made something due; returns at once. */
    public void ring() {
        heard.run();
    }

    /** Who is told; must return at once. */
    public void heardBy(Runnable listener) {
        heard = listener;
    }
}
