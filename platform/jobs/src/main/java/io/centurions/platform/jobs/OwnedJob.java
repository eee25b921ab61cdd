package io.centurions.platform.jobs;

import java.time.Duration;

/**
 * Something that one replica of a service does every so often. A CDI bean of this type is found and run by itself, on a virtual
 * thread; a replica that has just become the owner runs it at once.
 *
 * <p>What it does must bear being done twice: a run that was cut off is not continued but begun again, and two owners may
 * overlap by as much as one step when a replica was stopped and goes on.
 */
public interface OwnedJob {

    /** Unique in its service; names the lease row and the metrics. */
    String name();

    /** From the end of one run to the beginning of the next, give or take a tenth. */
    Duration every();

    /** Whether this replica's settings ask for it at all. One that is not wanted takes no lease, so that a replica that wants it can. */
    default boolean wanted() {
        return true;
    }

    /**
     * One run. Throwing ends it; it is logged, counted and begun again after {@link #every()}.
     *
     * @param lease asked between two steps; when it is lost, the run ends
     */
    void run(Lease lease);
}
