package io.centurions.platform.jobs;

/** The right of this replica to run a job now. */
@FunctionalInterface
public interface Lease {

    /**
     * False once another replica may have taken over, or this one is to stop: then nothing new is begun. Costs nothing, and errs
     * on the safe side: the time counts from before the row was written.
     */
    boolean stillMine();
}
